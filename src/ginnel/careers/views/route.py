"""Plan a route to a role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ginnel.careers.forms import RouteForm
from ginnel.careers.models import Role
from ginnel.careers.people import person_at
from ginnel.careers.queries.route import plan_route


@require_safe
def route_plan(request: HttpRequest) -> HttpResponse:
    """
    The questions, and once they are answered, the routes.

    The address holds only choices from lists and an age, so that a route can be shared and bookmarked.
    """
    data = request.GET.copy()
    if "from" in data and "start" not in data:
        data["start"] = data.get("from") or ""
    if not data.get("years"):
        data["years"] = "10"
    asked = bool(data.get("start") and data.get("to"))
    form = (
        RouteForm(data)
        if asked or "go" in data
        else RouteForm(initial={name: data.get(name) for name in ("start", "to", "years")})
    )
    context = {"section": "route", "form": form, "plan": None}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        person = person_at(
            said["start"], level=int(said["level"]) if said["level"] else None, age=said["age"], has=said["has"]
        )
        target = get_object_or_404(Role.objects.public(), slug=said["to"])
        context["plan"] = plan_route(person, target, horizon_months=12 * int(said["years"] or 10))
        context["person"] = person
    return render(request, "careers/route.html", context)
