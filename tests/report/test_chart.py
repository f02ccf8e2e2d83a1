"""The picture: sharp, small, and true to the figures."""

from __future__ import annotations

import io

from PIL import Image

from tests.report.building import DAY
from tests.report.days import troubled_day
from tonghop.report import RenderedReport
from tonghop.report.charts import bars_of
from tonghop.report.facts import groups


def test_the_picture_is_sharp_on_any_screen_and_small(whole: RenderedReport, city: RenderedReport) -> None:
    for report in (whole, city):
        (image,) = report.images
        with Image.open(io.BytesIO(image.content)) as drawn:
            assert (drawn.format, drawn.width) == ("PNG", 1200)
        assert len(image.content) <= 60_000


def test_the_words_of_the_picture_name_its_ends(whole: RenderedReport) -> None:
    assert whole.images[0].alt == (
        "Biểu đồ thanh: tỷ lệ Đã cài đặt / người dùng điện thoại thông minh, 11 đơn vị. "
        "Cao nhất Thị trấn Đông Thành 20,88%; thấp nhất Xã Mỹ Bình 14,91%."
    )


def test_a_unit_without_figures_says_why_and_a_carried_one_its_day() -> None:
    of, form, day = troubled_day()
    bars = {bar.name: bar for bar in bars_of(groups(day, of, form)[0], DAY)}
    assert (bars["Xã Bình Hòa Hưng"].share, bars["Xã Bình Hòa Hưng"].label) == (None, "chưa báo cáo")
    assert (bars["Xã Mỹ Bình"].is_carried, bars["Xã Mỹ Bình"].label) == (True, "14,65% (17/8)")
    assert bars["Xã Mỹ Bình"].gain == 0
    assert round(bars["Thị trấn Đông Thành"].gain * 4891) == 31


def test_the_target_is_drawn_across_every_bar(whole: RenderedReport) -> None:
    with Image.open(io.BytesIO(whole.images[0].content)) as drawn:
        picture = drawn.convert("RGB")
    red = [y for y in range(picture.height) if _has_red(picture, y)]
    runs = sum(1 for y, following in zip(red, [*red[1:], 0], strict=True) if following != y + 1)
    assert runs == 11 + 1  # a mark a unit, and one in the legend


def _has_red(picture: Image.Image, y: int) -> bool:
    return any(_is_red(picture.getpixel((x, y))) for x in range(picture.width))


def _is_red(pixel: object) -> bool:
    assert isinstance(pixel, tuple)
    red, green, blue = pixel
    return bool(red > 150 and green < 70 and blue < 70)
