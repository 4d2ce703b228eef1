#!/usr/bin/env python3
"""Holds exported decisions against a JSON-LD library and a reader of brat's format:
annotations.check.py COLLECTION.json FOLDER

COLLECTION.json is read by PyLD, with the terms of the annotation context that an export uses (nothing is fetched); FOLDER
holds brat's pairs of files.
"""
import json
import pathlib
import re
import sys

from pyld import jsonld

OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
XSD = "http://www.w3.org/2001/XMLSchema#"
MOTIVATIONS = "assessing commenting identifying linking questioning".split()


def linked(iri, **more):
    return {"@type": "@id", "@id": iri, **more}


# What W3C's context says of these terms, by the tables of the annotation vocabulary.
CONTEXT = {
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{name: OA + name for name in (
        "Annotation SpecificResource TextualBody TextQuoteSelector TextPositionSelector TimeState "
        "prefix suffix exact start end".split())},
    "start": {"@id": OA + "start", "@type": XSD + "nonNegativeInteger"},
    "end": {"@id": OA + "end", "@type": XSD + "nonNegativeInteger"},
    "body": linked(OA + "hasBody"),
    "target": linked(OA + "hasTarget"),
    "source": linked(OA + "hasSource"),
    "selector": linked(OA + "hasSelector"),
    "state": linked(OA + "hasState"),
    "motivation": {"@type": "@vocab", "@id": OA + "motivatedBy"},
    **{name: OA + name for name in MOTIVATIONS},
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "creator": linked("http://purl.org/dc/terms/creator"),
    "created": {"@id": "http://purl.org/dc/terms/created", "@type": XSD + "dateTime"},
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "name": "http://xmlns.com/foaf/0.1/name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "items": {"@type": "@id", "@id": AS + "items", "@container": "@list"},
    "first": linked(AS + "first"),
    "total": {"@id": AS + "totalItems", "@type": XSD + "nonNegativeInteger"},
    "startIndex": {"@id": AS + "startIndex", "@type": XSD + "nonNegativeInteger"},
}


def load(url, _options=None):
    if url != "http://www.w3.org/ns/anno.jsonld":
        raise ValueError(f"{url} is not to be fetched")
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}, "contentType": "application/ld+json"}


def check_collection(path):
    """The faults of a collection, and how many annotations it has."""
    collection = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    options = {"documentLoader": load, "base": "urn:nothing"}
    [expanded] = jsonld.expand(collection, options)
    quads = jsonld.normalize(collection, {**options, "algorithm": "URDNA2015", "format": "application/n-quads"})
    items = expanded[AS + "first"][0][AS + "items"][0]["@list"]
    if expanded["@type"] != [AS + "OrderedCollection"]:
        yield "the collection is none"
    if expanded[AS + "totalItems"][0]["@value"] != len(items):
        yield "total is not the number of annotations"
    ids = [item.get("@id") for item in items]
    if len(set(ids)) != len(ids) or not all(ids) or not all(re.match(r"[a-z]+:", one) for one in ids):
        yield "an id is missing, stands twice or is no IRI"
    for item in items:
        name = item["@id"]
        if item["@type"] != [OA + "Annotation"]:
            yield f"{name}: its type is {item['@type']}"
        if [one["@id"] for one in item[OA + "motivatedBy"]] not in [[OA + word] for word in MOTIVATIONS]:
            yield f"{name}: its motivation is {item[OA + 'motivatedBy']}"
        for target in item[OA + "hasTarget"]:
            if not target[OA + "hasSource"][0]["@id"].startswith("urn:glossator:text:"):
                yield f"{name}: its source is no name of a text"
            kinds = [selector["@type"][0].removeprefix(OA) for selector in target[OA + "hasSelector"]]
            if kinds != ["TextQuoteSelector", "TextPositionSelector"]:
                yield f"{name}: its selectors are {kinds}"
    if f"<{OA}hasTarget>" not in quads or len(re.findall(rf"<{re.escape(OA)}exact>", quads)) < 1:
        yield "nothing is left of the targets as RDF"


def check_brat(folder):
    """The faults of brat's files, read as brat reads them."""
    n_bound = 0
    for path in sorted(pathlib.Path(folder).rglob("*.ann")):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        bound = set()
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            if match := re.fullmatch(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)\t(.+)", line):
                parts = [text[int(a):int(b)] for a, b in (span.split() for span in match[3].split(";"))]
                if " ".join(parts).replace("\t", " ") != match[4]:
                    yield f"{path}: {line!r} does not say what stands there: {parts}"
                if match[1] in bound:
                    yield f"{path}: {match[1]} stands twice"
                bound.add(match[1])
                n_bound += 1
            elif match := re.fullmatch(r"(?:N\d+\tReference (T\d+) \w+:\S+\t.+|A\d+\t\w+ (T\d+) \S+|#\d+\tAnnotatorNotes (T\d+)\t.+)", line):
                if not bound & set(match.groups()):
                    yield f"{path}: {line!r} is about nothing"
            else:
                yield f"{path}: {line!r} is no line of brat's"
    if not n_bound:
        yield "there is nothing in brat's files"


def main():
    faults = [*check_collection(sys.argv[1]), *check_brat(sys.argv[2])]
    print("\n".join(faults))
    print(f"{len(faults)} faults in the exported decisions")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
