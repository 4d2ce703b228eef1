#!/usr/bin/env python3
"""Runs the scorers of the gold set and compares with the marks:  marks.py GOLD SCRATCH DOCUMENTS"""
import json
import subprocess
import sys
from os.path import join

# What, how to find it in the scorers' output, and the least that is let through.
MARKS = [
    ("mentions, core, exact F1", lambda mentions, claims: mentions["micro"]["exact"]["f1"], 0.95),
    ("claims, needs citation F1", lambda mentions, claims: claims["needs_citation"]["f1"], 0.70),
    ("claims, segments exact F1", lambda mentions, claims: claims["boundaries"]["segments_exact"]["f1"], 0.93),
]


def score(gold, scratch, documents, question, *more):
    command = [sys.executable, join(gold, f"score_{question}.py"), "--gold", join(gold, question), "--docs", documents]
    command += ["--pred", join(scratch, question), *more]
    print(f"--- {question}", flush=True)
    subprocess.run(command + ["--errors", "10"] * (question == "mentions"), check=True)
    return json.loads(subprocess.run(command + ["--json"], check=True, capture_output=True, text=True).stdout)


def main():
    gold, scratch, documents = sys.argv[1:]
    mentions = score(gold, scratch, documents, "mentions", "--traps", join(gold, "traps.jsonl"))
    claims = score(gold, scratch, documents, "claims")
    n_failed = 0
    print("--- marks")
    for name, figure, least in MARKS:
        reached = figure(mentions, claims)
        n_failed += reached < least
        print(f"{'FAILED' if reached < least else 'ok':6} {name}: {reached:.3f} (at least {least:.2f})")
    return 1 if n_failed else 0


if __name__ == "__main__":
    sys.exit(main())
