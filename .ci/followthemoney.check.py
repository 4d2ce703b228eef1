#!/usr/bin/env python3
"""Holds an export against the FollowTheMoney package:  followthemoney.check.py SCHEMATA.txt ENTITIES.jsonl

Every entity must be one, every property must belong to its schema, every value must be valid (and in its normal form where
there is one), and every id that is named must be there. Also compares our table of schemata with the package.
"""
import json
import sys
from collections import Counter, defaultdict

from followthemoney import model
from followthemoney.types import registry

KINDS = set("address country date email entity gender identifier language name number phone string text topic url".split())


def schemata():
    """Our table as the package would have it."""
    for schema in sorted(model, key=lambda schema: schema.name):
        by_kind = defaultdict(list)
        for prop in schema.properties.values():
            if prop.schema is schema and not prop.stub and prop.name != "indexText" and prop.type.name in KINDS:
                by_kind[prop.type.name].append(prop.name + (f":{prop.range.name}" if prop.range else ""))
        extends = " ".join(sorted(parent.name for parent in schema.extends))
        properties = "; ".join(f"{kind} {' '.join(sorted(names))}" for kind, names in sorted(by_kind.items()))
        yield f"{'*' if schema.abstract else ''}{schema.name} < {extends} | {properties}".rstrip()


def faults(entity, by_id):
    """What is wrong with one entity."""
    proxy = model.get_proxy(entity, cleaned=True)
    proxy.schema.validate(entity)
    if registry.entity.clean(proxy.id) != proxy.id:
        yield f"{proxy.id}: the id is not valid"
    if proxy.schema.abstract:
        yield f"{proxy.id}: {proxy.schema.name} is abstract"
    for name, values in entity["properties"].items():
        prop = proxy.schema.get(name)
        if prop is None:
            yield f"{proxy.id}: {proxy.schema.name} has no property {name}"
            continue
        for value in values:
            cleaned = prop.type.clean(value, format=prop.format, proxy=proxy)
            if cleaned is None:
                yield f"{proxy.id}: {name} is not valid: {value!r}"
            elif cleaned != value and prop.type.name in ("country", "date", "gender", "language", "phone", "topic"):
                yield f"{proxy.id}: {name} is not in its normal form: {value!r}, not {cleaned!r}"
            if prop.type == registry.entity:
                other = by_id.get(value)
                if other is None:
                    yield f"{proxy.id}: {name} names {value}, which is not there"
                elif not model.get(other["schema"]).is_a(prop.range):
                    yield f"warning: {proxy.id}: {name} is a {other['schema']}, not a {prop.range.name}"
    for name in proxy.schema.required:
        if proxy.schema.edge and not entity["properties"].get(name):
            yield f"{proxy.id}: {name} is missing"


def main():
    with open(sys.argv[1], encoding="utf-8") as table:
        ours = [line.rstrip("\n") for line in table if not line.startswith("#")]
    if ours != list(schemata()):
        print("\n".join(schemata()))
        print(f"{sys.argv[1]} differs from the package: the table above is right")
        return 1
    with open(sys.argv[2], encoding="utf-8") as lines:
        entities = [json.loads(line) for line in lines]
    by_id = {entity["id"]: entity for entity in entities}
    found = [fault for entity in entities for fault in faults(entity, by_id)]
    if len(by_id) != len(entities):
        found.append("some id stands twice")
    print("\n".join(found))
    n_faults = sum(not fault.startswith("warning") for fault in found)
    counts = Counter(entity["schema"] for entity in entities)
    print(f"{len(entities)} entities, {n_faults} faults, {len(found) - n_faults} warnings: {dict(counts.most_common())}")
    return 1 if n_faults or not entities else 0


if __name__ == "__main__":
    sys.exit(main())
