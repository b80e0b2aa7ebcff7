"""How forms are drawn: every form and every field by the same component, whoever wrote the form."""

from django.forms.renderers import DjangoTemplates


class ComponentRenderer(DjangoTemplates):
    """`{{ form }}` is components/form.html, `{{ form.name.as_field_group }}` is components/field.html."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
