"""The page of the office where a translation of a page is begun."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from wagtail.admin.auth import require_admin_access
from wagtail.contrib.simple_translation.forms import SubmitTranslationForm
from wagtail.contrib.simple_translation.views import SubmitPageTranslationView

from ginnel.site.commands import CannotTranslate, start_translation
from ginnel.site.languages import offered, others


class TranslateForm(SubmitTranslationForm):
    """Into which languages. Pages above that have no version yet get a draft of their own: nobody must begin with those."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["locales"]
        field.label = "Languages"
        field.help_text = "For each a draft is made, with the words of this page to be written over"
        field.widget.disabled_values = []
        field.queryset = field.queryset.filter(language_code__in=offered())
        self.show_submit = field.queryset.exists()
        del self.fields["include_subtree"]


class TranslatePage(SubmitPageTranslationView):
    """Begin translations of a page. Whoever may change it may do so."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """:raises Http404: on a site of one language."""
        if not others():
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def get_form(self) -> TranslateForm:
        return TranslateForm(self.object, self.request.POST or None)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        if not form.is_valid():
            again: HttpResponse = self.render_to_response(self.get_context_data(**kwargs))
            return again
        made = []
        for locale in form.cleaned_data["locales"]:
            try:
                made.append(
                    start_translation(self.object, locale.language_code, by=request.user, at=timezone.now())  # type: ignore[arg-type]
                )
            except CannotTranslate as error:
                messages.error(request, str(error))
        if not made:
            return redirect("wagtailadmin_pages:edit", self.object.pk)
        names = ", ".join(page.locale.get_display_name() for page in made)
        messages.success(request, f"Drafts of “{self.object.title}” were made: {names}.")
        return redirect("wagtailadmin_pages:edit", made[0].pk)


translate_page = require_admin_access(TranslatePage.as_view())
