"""
The part of a SCIM filter that the database can answer.

A filter becomes a condition that keeps *at least* what the filter keeps; `storage` then asks the filter itself about what is left.
So the answer is the filter's own, to the letter of the RFC, and the usual questions of directories (who has this userName, this
externalId, this address?) read one row.
"""

import uuid
from typing import Any

from django.db.models import Q
from scim2_models import ScimFilter
from scim2_models.path import (
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ValuePath,
)

from ginnel.partners.commands.directory import name_key

_EVERYTHING = Q()


class Narrow(FilterVisitor[Q]):
    """Conditions on rows of one kind of resource. An empty condition keeps everything."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def visit_comparison(self, node: Comparison) -> Q:
        if node.op != CompareOperator.eq or not isinstance(node.value, str) or not node.value:
            return _EVERYTHING
        attribute = str(node.attr_path).rpartition(":")[2].casefold()
        value = node.value
        if attribute == "id":
            return Q(pk__in=_ids(value))
        if attribute == "externalid":
            return Q(external_id=value)
        if self.kind == "Group":
            if attribute == "displayname":
                return Q(display_name_key=name_key(value))
            return Q(people__in=_ids(value)) if attribute in {"members", "members.value"} else _EVERYTHING
        if attribute == "username":
            return Q(user_name_key=name_key(value))
        if attribute == "manager.value":
            return Q(manager__in=_ids(value))
        return Q(groups__in=_ids(value)) if attribute in {"groups", "groups.value"} else _EVERYTHING

    def visit_present(self, node: Present) -> Q:
        return _EVERYTHING

    def visit_not(self, node: Not) -> Q:
        return _EVERYTHING

    def visit_logical_expr(self, node: LogicalExpr) -> Q:
        terms = [self.visit(term) for term in node.terms]
        if node.op == LogicalOperator.and_:
            found = _EVERYTHING
            for term in terms:
                found &= term
            return found
        if not all(terms):
            return _EVERYTHING
        found = Q(pk__in=[])
        for term in terms:
            found |= term
        return found

    def visit_value_path(self, node: ValuePath) -> Q:
        return _EVERYTHING


def narrow(scim_filter: ScimFilter[Any] | None, kind: str) -> Q:
    """The condition of a filter on rows of one kind of resource."""
    return Narrow(kind).visit(scim_filter.ast) if scim_filter is not None else _EVERYTHING


def _ids(value: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(value)]
    except ValueError:
        return []
