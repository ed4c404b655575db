"""The root of the page tree, the two groups of the office, and the workflow that asks for a second person."""

from django.db import migrations

WRITE = ("add", "change")
EDITORS = {
    "picture": ("add", "change", "choose"),
    "download": ("add", "change", "choose"),
}
# (app, model, acts): what each group may do with lists of the office.
LISTS = {
    "Editors": [("site", "film", WRITE)],
    "Moderators": [
        ("site", "film", (*WRITE, "delete")),
        ("site", "menuentry", (*WRITE, "delete")),
        ("wagtailredirects", "redirect", (*WRITE, "delete")),
    ],
}


def make(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")

    def permission(app, model, act):
        # Django makes permissions only after all migrations have run.
        kind, _ = ContentType.objects.get_or_create(app_label=app, model=model)
        found, _ = Permission.objects.get_or_create(
            content_type=kind, codename=f"{act}_{model}", defaults={"name": f"Can {act} {model}"}
        )
        return found

    groups = {name: Group.objects.get_or_create(name=name)[0] for name in ("Editors", "Moderators")}
    for group in groups.values():
        group.permissions.add(permission("wagtailadmin", "admin", "access"))
    for name, lists in LISTS.items():
        for app, model, acts in lists:
            groups[name].permissions.add(*(permission(app, model, act) for act in acts))
    _files(apps, groups, permission)
    home = _tree(apps, ContentType)
    _pages(apps, groups, permission, home)
    _workflow(apps, groups["Moderators"], ContentType)


def _files(apps, groups, permission):
    """Pictures and downloads, in every collection."""
    Collection = apps.get_model("wagtailcore", "Collection")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root = Collection.objects.get(depth=1)
    for group in groups.values():
        for model, acts in EDITORS.items():
            for act in acts:
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=root, permission=permission("site", model, act)
                )


def _tree(apps, ContentType):
    """Our home page in place of Wagtail's welcome page, which nobody can have changed: it was made a moment ago."""
    Page = apps.get_model("wagtailcore", "Page")
    HomePage = apps.get_model("site", "HomePage")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page.objects.filter(depth=2, slug="home", numchild=0, content_type__model="page").delete()
    kind, _ = ContentType.objects.get_or_create(app_label="site", model="homepage")
    home = HomePage.objects.create(
        title="Home",
        draft_title="Home",
        slug="home",
        content_type=kind,
        path="00010001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=Locale.objects.order_by("pk").first(),
        live=True,
        body=[],
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page_id=home.pk, is_default_site=True)
    return home


def _pages(apps, groups, permission, home):
    """Both groups write; moderators also take pages off and put them on, but never their own (models/approval.py)."""
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupPagePermission.objects.filter(group__in=groups.values()).delete()
    acts = {"Editors": ("add", "change"), "Moderators": ("add", "change", "publish", "lock", "unlock")}
    for name, group in groups.items():
        for act in acts[name]:
            GroupPagePermission.objects.create(
                group=group, page_id=home.pk, permission=permission("wagtailcore", "page", act)
            )


def _workflow(apps, moderators, ContentType):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    Task = apps.get_model("wagtailcore", "Task")
    Page = apps.get_model("wagtailcore", "Page")
    SecondPersonTask = apps.get_model("site", "SecondPersonTask")
    WorkflowPage.objects.all().delete()
    Workflow.objects.update(active=False)
    Task.objects.update(active=False)
    kind, _ = ContentType.objects.get_or_create(app_label="site", model="secondpersontask")
    task = SecondPersonTask.objects.create(name="A second person approves", active=True, content_type=kind)
    task.groups.add(moderators)
    workflow = Workflow.objects.create(name="Two people", active=True)
    WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=Page.objects.get(depth=1))


class Migration(migrations.Migration):
    dependencies = [
        ("site", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
