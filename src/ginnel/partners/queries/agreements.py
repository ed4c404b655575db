"""Lines of agreements, as one of the two sides reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ginnel.partners.models import Allowance, Organisation, Term
from ginnel.partners.rules import term_state

_GIVEN = {
    Allowance.SEE_APPLICANTS: "{other} may see applicants we share with it",
    Allowance.TRAINING_EVIDENCE: "We accept training evidence of {other}",
    Allowance.SHARED_TEAMS: "{other} may see our people in teams we share",
    Allowance.REFER: "{other} may refer people to us",
}
_RECEIVED = {
    Allowance.SEE_APPLICANTS: "We may see applicants that {other} shares with us",
    Allowance.TRAINING_EVIDENCE: "{other} accepts our training evidence",
    Allowance.SHARED_TEAMS: "We may see people of {other} in teams we share",
    Allowance.REFER: "We may refer people to {other}",
}


@dataclass(frozen=True, slots=True)
class TermWords:
    """One line in words. `ours_to_agree`: the proposal waits for this organisation."""

    term: Term
    words: str
    state: str
    ours_to_agree: bool


def terms_in_words(terms: Iterable[Term], organisation: Organisation, *, today: date) -> list[TermWords]:
    """Each line as this organisation reads it. No queries if the terms come from `for_list`."""
    found = []
    for term in terms:
        gives = term.giver_id == organisation.pk
        other = term.receiver if gives else term.giver
        state = term_state(
            agreed=term.agreed_at is not None,
            ended=term.ended_at is not None,
            starts_on=term.starts_on,
            ends_on=term.ends_on,
            today=today,
        )
        words = (_GIVEN if gives else _RECEIVED)[Allowance(term.what)].format(other=other.name)
        found.append(TermWords(term, words, state, state == "proposed" and gives != term.proposed_by_giver))
    return found
