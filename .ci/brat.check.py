#!/usr/bin/env python3
"""Has pybrat, which knows nothing of Glossator, read what was exported for brat: brat.check.py FOLDER"""
import pathlib
import sys

from pybrat.parser import BratParser


def main(folder):
    faults, n_read = [], 0
    for example in BratParser(error="raise").parse(folder):
        text = pathlib.Path(folder, f"{example.id}.txt").read_bytes().decode("utf-8")
        for entity in example.entities:
            n_read += 1
            there = " ".join(text[span.start:span.end].replace("\n", " ") for span in entity.spans)
            if there != entity.mention:
                faults.append(f"{example.id}: {entity.id} is {entity.mention!r}, and there stands {there!r}")
            faults += [f"{example.id}: {entity.id} names nothing" for it in entity.references if not (it.eid and it.entry)]
    lines = [line for path in pathlib.Path(folder).rglob("*.ann") for line in path.read_text("utf-8").splitlines()]
    n_written = sum(line.startswith("T") for line in lines)
    if n_read != n_written or not n_read:
        faults.append(f"{n_written} places were written, {n_read} were read")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"pybrat reads {n_read} places")
    return 1 if faults else 0


sys.exit(main(sys.argv[1]))
