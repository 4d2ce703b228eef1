#!/usr/bin/env python3
"""Turns the gold set's actors (JSON lines) into records (YAML):  records.py ACTORS.jsonl > records.yaml

A plain form becomes an alias, a weak or descriptive one a weak name, a handle a name that counts only as written. A place
that stands for its government is left out: those belong to a tier of its own.
"""
import json
import sys


def quoted(text):
    # A JSON string is a YAML double-quoted scalar.
    return json.dumps(text, ensure_ascii=False)


def record(actor):
    lines = [f"- id: {quoted(actor['id'])}", f"  type: {quoted(actor['schema'])}", f"  name: {quoted(actor['name'])}"]
    aliases, names = [], []
    for form in actor["aliases"]:
        if form["text"] == actor["name"] and not form["weak"] or form.get("metonym"):
            continue
        if form.get("handle"):
            names.append(f"{{name: {quoted(form['text'])}, match: exact}}")
        elif form["weak"] or form.get("descriptive"):
            names.append(f"{{name: {quoted(form['text'])}, kind: weak}}")
        else:
            aliases.append(quoted(form["text"]))
    if aliases:
        lines.append(f"  aliases: [{', '.join(aliases)}]")
    if names:
        lines.append("  names:")
        lines += [f"    - {name}" for name in names]
    return lines


def main():
    with open(sys.argv[1], encoding="utf-8") as actors:
        for line in actors:
            print("\n".join(record(json.loads(line))))


if __name__ == "__main__":
    main()
