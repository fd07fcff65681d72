"""What a reasoner says of the ontology: HermiT, through Owlready2. Needs Java; only the tests and `make check` ask."""

from __future__ import annotations

import io
import shutil

import owlready2
from rdflib import Graph

from ontology import load_ontology


class NoJava(RuntimeError):
    """There is no Java to run the reasoner with."""

    def __init__(self) -> None:
        super().__init__("推理机要用 Java：请安装 default-jre-headless / the reasoner needs Java: install default-jre-headless")


class Inconsistent(ValueError):
    """The ontology contradicts itself as a whole."""


def unsatisfiable_classes(ontology: Graph | None = None) -> tuple[str, ...]:
    """The classes that nothing can be, sorted; none where all is well. `Inconsistent` where not even that can be said."""
    java = shutil.which(owlready2.JAVA_EXE)
    if java is None:
        raise NoJava
    world = owlready2.World()
    triples = (ontology or load_ontology()).serialize(format="nt", encoding="utf-8")
    loaded = world.get_ontology("https://w3id.org/zhengpu/ontology#").load(fileobj=io.BytesIO(triples))
    try:
        with loaded:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError as error:
        raise Inconsistent("本体自相矛盾 / the ontology is inconsistent") from error
    finally:
        found = tuple(sorted(each.iri for each in world.inconsistent_classes() if each is not owlready2.Nothing))
        world.close()
    return found
