"""Photos are chosen one by one, without JavaScript; what is wrong with one is told beside the field."""

import re

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from lianxin.ground.documents import actions
from lianxin.ground.documents.forms import PhotosField
from lianxin.ground.documents.models import FileKind
from tests.ground.documents.builders import HEIC, encoded, picture


class Form(forms.Form):
    photos = PhotosField(required=False)


def sent(*contents: bytes, form: type[forms.Form] = Form) -> forms.Form:
    files = [SimpleUploadedFile(f"IMG_{number}.jpg", content) for number, content in enumerate(contents)]
    return form({}, MultiValueDict({"photos": files} if files else {}))


def test_there_are_four_inputs_of_which_the_label_names_the_first():
    html = Form().as_div()
    inputs = re.findall(r"<input[^>]*>", html)
    assert len(inputs) == 4
    for one in inputs:
        assert 'type="file"' in one
        assert 'name="photos"' in one
        assert 'accept="image/*,.heic,.heif"' in one
        assert "capture" not in one
        assert "multiple" not in one
        assert 'aria-describedby="id_photos_helptext"' in one
    assert re.findall(r' id="(id_photos\w*)"', "".join(inputs)) == [
        "id_photos",
        "id_photos_2",
        "id_photos_3",
        "id_photos_4",
    ]
    assert [name in html for name in ('for="id_photos"', "第1张照片", "第4张照片")] == [True] * 3


def test_what_was_chosen_comes_in_order_and_can_be_laid(lying):
    form = sent(encoded(picture((60, 40))), HEIC)
    assert form.is_valid()
    laid = actions.lay_all(form.cleaned_data["photos"], kind=FileKind.PHOTO)
    assert [one.width for one in laid] == [60, 96]
    assert len(lying()) == 4


def test_no_photo_is_fine_unless_one_is_needed():
    class Needing(forms.Form):
        photos = PhotosField()

    empty = sent()
    assert empty.is_valid()
    assert empty.cleaned_data["photos"] == []
    needing = sent(form=Needing)
    assert not needing.is_valid()
    assert needing.errors["photos"] == ["请至少选一张照片。"]


@pytest.mark.parametrize(
    ("contents", "said"),
    [
        ([encoded(picture())] * 5, "一次最多4张照片"),
        ([encoded(picture()), "是文字".encode()], "第2张：这不是照片：它其实是纯文本"),
        ([b""], "这个文件是空的"),
        (["是文字".encode()], "这不是照片"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field(contents, said):
    form = sent(*contents)
    assert not form.is_valid()
    assert form.errors["photos"][0].startswith(said)
