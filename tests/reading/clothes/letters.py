"""What senders say of their own figures: in the letter, in a note below the table, in a line's note."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx

from tests.reading.clothes.case import Case, held
from tests.reading.clothes.tailor import BT, HEAD, TITLE, D, E, counts, ods, row, word, xls, xlsx
from tests.reading.writers import Page, as_docx, as_html, as_message

DOUBTED, PROVISIONAL = "figures-doubted", "figures-provisional"
_REPORT = [TITLE, HEAD, row(BT)]

AGAINST = (
    "File đính kèm ghi nhầm, số đúng là 443.",
    "Đính chính: số người đã cài đặt là 453, không phải 443 như trong file.",
    "Xin điều chỉnh lại số người đã cài đặt là 453.",
    "Số liệu trong file chưa đúng, chiều xã gửi lại.",
    "Dân số đúng là 5.591 người.",
    "File kem ghi nham, anh sua giup em",
    "Đề nghị bỏ qua file này.",
    "Toàn xã đã cài 453 người, đạt 8,2% dân số.",
    "Tính đến nay có 68/95 cán bộ đã cài.",
    "Xã chưa tổng hợp được ấp 3.",
    "Mới có số liệu 3/7 ấp.",
    "Em chưa kịp cập nhật, tạm lấy số hôm qua.",
    "Please note: installs should be 453.",
    "Cột cài đặt em gõ 443, đúng ra phải là 434 ạ.",
    "Sai rồi, 453 mới phải",
    "Cột 4 và cột 5 bị đảo ngược.",
    "Ấp Bình Hữu 1 và ấp Bình Hữu 2 chưa gửi số liệu.",
    "Đề nghị không lấy số liệu này.",
    "Để em kiểm tra lại số rồi báo.",
    "Đến nay đã cài đặt khoảng 440 người.",
    "Khoảng 450 người đã cài đặt.",
    "Số cài đặt: ~450 người.",
    "Ấp 4: chưa có số.",
    "Số liệu em copy từ file của xã Mỹ Bình.",
    "Năm nay là 5.600.",
    "Tạm thời lấy số liệu ngày 17/8.",
    "Xã giữ nguyên số liệu ngày 16/8.",
    "Tạm thời lấy số của ngày 17/8.",
    "Số liệu tính đến hết ngày 17/8/2020.",
)
HARMLESS = (
    "Xã gửi báo cáo đính chính cho bản hôm qua.",
    "Báo cáo lần 2, thay thế báo cáo lần 1 do nhập sai dân số.",
    "Em gửi lại, file sáng nay bị nhầm số.",
    "Em gửi số liệu, có gì sai sót anh báo em điều chỉnh lại nhé.",
    "Nếu số liệu chưa đúng, đề nghị phản hồi lại xã.",
    "Đã cài 443 người, tăng 12 người so với ngày 17/8 (431 người); CBCCVC 66/95.",
    "Xã lập 7 tổ, 35 cán bộ xuống ấp; phấn đấu đến 21/8 đạt 60% (1.653 người).",
    "Còn 2.312 người dùng điện thoại thông minh chưa cài đặt.",
    "Một số máy bị lỗi, người dân nhập sai số điện thoại; ấp 3 chưa có Internet.",
    "Em quên đính kèm file, em gửi lại; ứng dụng báo sai vị trí, chưa chính xác.",
    "Trong đó: nữ 210 người, nam 233 người đã cài đặt; xã Mỹ Bình đã cài 224 người.",
    "Xã có khoảng 120 hộ đi làm xa; không sử dụng số liệu của năm 2019; để xã kiểm tra lại danh sách đảng viên.",
    "Biểu mẫu copy từ xã Mỹ Bình; xã ghi chép theo dõi hàng ngày, không sao chép số liệu của xã khác.",
    "Số liệu ngày 17/8 là 431 người; số liệu ngày 17/8 đã gửi hôm qua, đây là số liệu ngày 18/8.",
    "Đề nghị gửi số liệu ngày 19/8 trước 14 giờ; dân số tính đến ngày 01/4/2019; chỉ tiêu năm nay là 3.000.",
    "Báo cáo đã được lãnh đạo duyệt. Cách trung tâm khoảng 12 km, còn khoảng 2.000 người chưa cài.",
    "Nhằm thực hiện Công văn số 1523/UBND-VX ngày 12/8/2020, xã báo cáo; bản giấy gửi sau.",
)
NOTES = (
    "Số liệu ước tính",
    "Ghi chú: số liệu chưa đầy đủ, sẽ bổ sung",
    "Chưa đầy đủ",
    "Chưa tổng hợp được ấp 3",
    "* Không bao gồm số liệu của ấp 5",
    "Số liệu mang tính chất tham khảo",
    "Số liệu trên có thể thay đổi sau khi rà soát",
)
NO_NOTES = (
    "Ghi chú: tỷ lệ ước tính theo dân số",
    "Lưu ý: Không ghi số ước tính; ghi số đã đếm",
    "Số liệu đã được kiểm tra, không sai sót",
    "Dân số chưa tính tạm trú",
    "Dự kiến đến 21/8 đạt 60%",
)


def letter(text: str, html: str = "", subject: str = "Báo cáo Bluezone") -> Callable[[], bytes]:
    attached = xlsx(*_REPORT)
    return lambda: as_message(subject, html, text=text, attachments=[("bc.xlsx", attached())]).as_bytes()


def _page(*paragraphs: str) -> str:
    return as_html(Page([["Trân trọng"]]), list(paragraphs))


def below(*texts: str) -> Callable[[], bytes]:
    """Return a Word document with paragraphs below its table."""

    def made() -> bytes:
        document = docx.Document(io.BytesIO(as_docx(Page([HEAD, row(BT)]), TITLE)))
        for text in texts:
            document.add_paragraph(text)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return made


_QUOTED = "Xã gửi báo cáo.\n\nFrom: Phòng VHTT\nSent: Tuesday\nSố liệu trong file chưa đúng, đề nghị gửi lại."
_ORDERED = '<p>Xã gửi báo cáo.</p><div class="gmail_quote"><p>Số liệu trong file chưa đúng</p></div>'

CASES: list[Case] = [
    *(held(f"letter-against-{i}", "a.eml", letter(text), (DOUBTED, None)) for i, text in enumerate(AGAINST)),
    *(
        Case(f"letter-harmless-{i}", "a.eml", letter(text), "entries", counts(BT))
        for i, text in enumerate(HARMLESS)
    ),
    held("letter-in-html", "a.eml", letter("", _page("Kính gửi Phòng", AGAINST[0])), (DOUBTED, None)),
    held("letter-by-subject", "a.eml", letter("", subject="Đính chính: đã cài 453 người"), (DOUBTED, None)),
    held("letter-passed-on", "a.eml", letter(_QUOTED, subject="Fwd: Báo cáo"), (DOUBTED, None)),
    Case("letter-quotes-a-reply", "a.eml", letter(_QUOTED, subject="Re: Báo cáo"), "entries", counts(BT)),
    Case("letter-quotes-in-html", "a.eml", letter("", _ORDERED), "entries", counts(BT)),
    *(
        held(f"note-against-{i}", "a.xlsx", xlsx(*_REPORT, [""], [text]), (DOUBTED, "A5"))
        for i, text in enumerate(NOTES)
    ),
    held("note-against-in-word", "a.docx", below(NOTES[1]), (DOUBTED, None)),
    held("note-against-above-in-word", "a.docx", word(HEAD, row(BT), titles=(*TITLE, NOTES[2])), (DOUBTED, None)),
    *(held(f"note-of-few-words-{i}", "a.xlsx", xlsx(TITLE, [*HEAD, "Ghi chú"], [*row(BT), text]), (DOUBTED, "G3"))
      for i, text in enumerate(("Ước", "đang xác minh", "nhầm", "Chưa báo cáo", "khoảng 450", "Chưa cập nhật"))),
    held("note-against-in-xls", "a.xls", xls(*_REPORT, ["Số cài đặt đúng là 453"]), (DOUBTED, "A4")),
    held("note-against-one", "a.ods", ods(TITLE, [*HEAD, "Ghi chú"], [*row(BT), "chưa tổng hợp được ấp 3"],
         [*row(D), ""]), (DOUBTED, "G3"), values=counts(D)),
    held("note-below-against-one", "a.xlsx",
         xlsx(TITLE, HEAD, row(BT), row(E), ["Riêng xã Bình Thành số liệu chưa đầy đủ"]), (DOUBTED, "A5"),
         values=counts(E)),
    *(
        Case(f"note-harmless-{i}", "a.xlsx", xlsx(*_REPORT, [""], [text]), "entries", counts(BT))
        for i, text in enumerate(NO_NOTES)
    ),
    Case("note-sum-of-all", "a.xlsx", xlsx(TITLE, HEAD, row(BT), row(E), ["Tổng số đã cài: 931 người"]), "entries",
         counts(BT, E)),
    Case("note-provisional", "a.docx", below("Ghi chú: số tạm tính"), "entries", counts(BT),
         ((PROVISIONAL, None),)),
    Case("letter-not-approved", "a.eml", letter("Báo cáo này chưa được lãnh đạo duyệt."), "entries", counts(BT),
         ((PROVISIONAL, None),)),
    Case("letter-provisional", "a.eml", letter("Số liệu tạm tính, xã gửi Phòng."), "entries", counts(BT),
         ((PROVISIONAL, None),)),
]  # fmt: skip
