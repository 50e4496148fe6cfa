"""What the page on cost and its paper say in sentences, so that both say the same."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from pilothouse.services.costs import BreakEvenShown, Turn
from pilothouse.services.graduation import ShownWayCost
from pilothouse.web.templatetags.pilothouse import number, percent, whole_money


def break_even_sentence(each: BreakEvenShown) -> str:
    """From how many people on in-house is cheaper than one model, and how sure that is."""
    said = {"name": each.name, "low": each.low, "middle": each.middle, "high": each.high}
    if each.middle and each.high:
        return _("Than %(name)s: from about %(middle)s people on (between %(low)s and %(high)s).") % said
    if each.middle:
        return (
            _(
                "Than %(name)s: from about %(middle)s people on (from %(low)s at the earliest, or not at all up to "
                "1,000)."
            )
            % said
        )
    if each.low:
        return _(
            "Than %(name)s: mostly not, up to 1,000 people. There is such a size in %(share)s of the runs; "
            "in one of ten it is %(low)s people or fewer."
        ) % {**said, "share": percent(each.share)}
    return (
        _("Than %(name)s: hardly ever, up to 1,000 people. Money is then no reason to hire; others may be.")
        % said
    )


def way_sentence(cost: ShownWayCost) -> str:
    """What a way costs once, and what a year costs then against today."""

    def shown(amount: Decimal) -> str:
        return whole_money(abs(amount), cost.currency)

    once = _("Going there costs %(low)s to %(high)s once.") % {
        "low": shown(cost.once.low),
        "high": shown(cost.once.high),
    }
    if cost.more is None:
        return once
    ends = {"low": shown(cost.more.low), "high": shown(cost.more.high)}
    if cost.more.low >= 0:
        then = _("A year costs %(low)s to %(high)s more then than today.") % ends
    elif cost.more.high <= 0:
        then = _("A year costs %(high)s to %(low)s less then than today.") % ends
    else:
        then = _("A year costs between %(low)s less and %(high)s more then than today.") % ends
    return f"{once} {then}"


def turn_sentence(turn: Turn, currency: str) -> str:
    """At which value of an assumption another model costs least."""
    return _("at %(value)s %(unit)s, “%(model)s” costs %(less)s less.") % {
        "value": number(turn.value),
        "unit": turn.unit,
        "model": turn.model,
        "less": whole_money(turn.less, currency),
    }
