"""How people write headings, units, numbers, days and text in old fonts; written apart from the reader's own lists."""

from __future__ import annotations

import unicodedata
from datetime import date
from random import Random

HEADINGS = {
    "unit": [
        "Đơn vị",
        "Tên đơn vị",
        "Địa phương",
        "Xã, thị trấn",
        "ĐƠN VỊ",
        "Đơn vị báo cáo",
        "Tên xã",
        "Xã/Thị trấn",
    ],
    "ordinal": ["STT", "TT", "Số TT", "Stt"],
    "note": ["Ghi chú", "GHI CHÚ", "Lý do", "Khó khăn, vướng mắc"],
    "population": [
        "Dân số",
        "Tổng dân số",
        "Dân số (người)",
        "Tổng số dân",
        "DÂN SỐ",
        "Số nhân khẩu",
        "Tổng số người dân",
        "1. Dân số",
        "Dân số\ntrên địa bàn",
        "Tổng số nhân khẩu",
    ],
    "smartphone_users": [
        "Số người dùng điện thoại thông minh",
        "Số người sử dụng ĐTTM",
        "Số người có smartphone",
        "Số người sử dụng\nđiện thoại thông minh",
        "Số thuê bao smartphone",
        "Tổng số người dùng điện thoại thông minh",
        "SỐ NGƯỜI DÙNG ĐIỆN THOẠI THÔNG MINH",
        "Số người dân có điện thoại thông minh (người)",
    ],
    "installs": [
        "Số người đã cài đặt (lũy kế)",
        "Số người đã cài đặt Bluezone",
        "Số người dân đã cài đặt",
        "Lũy kế số người đã cài đặt",
        "Số người đã cài\n(luỹ kế)",
        "SỐ NGƯỜI ĐÃ CÀI ĐẶT",
        "Số người cài đặt Bluezone",
        "Số người đã cài đặt đến ngày 18/8/2020",
        "Tổng số người đã cài đặt ứng dụng Bluezone",
        "Số người dân đã cài đặt ứng dụng",
    ],
    "staff": [
        "Tổng số CBCCVC, NLĐ",
        "Số CBCCVC, NLĐ",
        "Tổng số cán bộ, công chức, viên chức, người lao động",
        "CBCCVC, NLĐ",
        "Tổng số CB, CC, VC, NLĐ",
        "Tổng số CBCCVC",
        "TỔNG SỐ CBCCVC, NLĐ",
    ],
    "staff_installs": [
        "Số CBCCVC, NLĐ đã cài đặt",
        "CBCCVC, NLĐ đã cài đặt",
        "Số CBCCVC đã cài đặt Bluezone",
        "Số cán bộ, công chức, viên chức đã cài đặt",
        "Số CB, CC, VC, NLĐ đã cài (lũy kế)",
        "SỐ CBCCVC, NLĐ ĐÃ CÀI ĐẶT",
    ],
    "installs_per_population": [
        "Tỷ lệ/dân số",
        "Tỷ lệ cài đặt/dân số (%)",
        "Tỉ lệ trên dân số",
        "Tỷ lệ (%)",
        "Tỷ lệ",
    ],
    "staff_installed": ["Tỷ lệ CBCCVC", "Tỷ lệ CBCCVC, NLĐ (%)", "Tỷ lệ CBCCVC đã cài đặt"],
}
STRANGE = [
    "Số cài đặt trong ngày",
    "Số hộ",
    "Tăng so với ngày trước",
    "Mã tra cứu",
    "Xếp hạng",
    "Số thôn",
    "Chưa cài đặt",
]
GROUPED = {
    "population": ["Dân số", "Tổng số", "Số dân"],
    "smartphone_users": ["Số người dùng điện thoại thông minh", "Có smartphone"],
    "installs": ["Đã cài đặt", "Đã cài đặt\n(lũy kế)", "Số đã cài đặt"],
    "installs_per_population": ["Tỷ lệ", "Tỷ lệ/dân số"],
    "staff": ["Tổng số", "Số lượng"],
    "staff_installs": ["Đã cài đặt", "Số đã cài đặt (lũy kế)"],
    "staff_installed": ["Tỷ lệ", "Tỷ lệ (%)"],
}
GROUPS = (
    ["Người dân", "NGƯỜI DÂN", "Nhân dân"],
    ["CBCCVC, NLĐ", "Cán bộ, công chức, viên chức, người lao động", "CB, CC, VC, NLĐ"],
)
TOTALS = ["TỔNG CỘNG", "Tổng cộng", "Tổng", "Cộng", "TỔNG", "Tổng số", "Toàn huyện", "TỔNG CỘNG:"]
SIGNATURES = [
    ["NGƯỜI LẬP BIỂU", "", "", "TM. UBND XÃ"],
    ["", "", "", "CHỦ TỊCH"],
    ["(Ký, ghi rõ họ tên)", "", "", "(Ký tên, đóng dấu)"],
    ["Nơi nhận:"],
    ["- Như trên;"],
    ["- Lưu: VT."],
]


def title_of(day: date, random: Random) -> str:
    """Return a title line that names the day."""
    d, m, y = day.day, day.month, day.year
    return random.choice(
        [
            f"Tính đến ngày {d}/{m}/{y}",
            f"(Số liệu tính đến 14 giờ 00 ngày {d}/{m}/{y})",
            f"Ngày {d:02d}/{m:02d}/{y}",
            f"BÁO CÁO KẾT QUẢ CÀI ĐẶT BLUEZONE NGÀY {d}/{m}/{y}",
            f"ngày {d} tháng {m} năm {y}",
            f"Đến hết ngày {d}-{m}-{y}",
            f"Từ ngày 10/8/2020 đến ngày {d}/{m}/{y}",
            f"Báo cáo ngày {d}/{m}",
            f"tính đến {d}.{m}.{y}",
            f"Kết quả thực hiện ngày {d:02d} tháng {m:02d} năm {y}",
        ]
    )


def day_in_name(day: date, random: Random) -> str:
    """Return a day as names of files and sheets and subjects have it."""
    d, m, y = day.day, day.month, day.year
    return random.choice(
        [
            f"{d}-{m}",
            f"{d}.{m}",
            f"{d:02d}-{m:02d}-{y}",
            f"{d}.{m}.{y}",
            f"{y}{m:02d}{d:02d}",
            f"ngày {d}-{m}",
        ]
    )


def unit_label(name: str, code: str, random: Random, legacy: bool) -> str:
    """Return a unit's name as somebody types it."""
    kinds = {
        "Xã": ["Xã", "xã", "X.", "XÃ", "UBND xã", ""],
        "Thị trấn": ["Thị trấn", "TT", "TT.", "Thị Trấn", ""],
        "Phường": ["Phường", "P.", "phường"],
    }
    kind = next((k for k in kinds if name.startswith(k + " ")), "")
    bare = name[len(kind) :].strip()
    typed = f"{random.choice(kinds[kind])} {bare}".strip() if kind else name
    change = random.randrange(10)
    if change == 0 and not legacy:
        return unaccented_text(typed)
    if change == 1:
        return typed.replace("Hòa", "Hoà").replace("Quý", "Qúy")
    if change == 2:
        return typed.upper() if not legacy else typed
    if change == 3 and code.isdigit():
        return random.choice([f"{typed} ({code})", f"{code} - {typed}", code])
    if change == 4:
        return f"{random.randint(1, 9)}. {typed}"
    if change == 5:
        return typed.replace(" ", "  ", 1) + " "
    return typed.replace("Mỹ Quý", "Mỹ Quí") if change == 6 else typed


def unaccented_text(text: str) -> str:
    """Return text as typed on a keyboard without Vietnamese letters."""
    out = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in out if not unicodedata.combining(c))


def count_as(value: int, habit: str) -> object:
    """Return a count as a cell holds it."""
    dotted = f"{value:,}".replace(",", ".")
    return {
        "number": value,
        "text": str(value),
        "dots": dotted,
        "spaces": dotted.replace(".", " "),
        "nbsp": dotted.replace(".", "\u00a0"),
        "people": f"{dotted} người",
        "zeros": f"{dotted},0",
        "float": float(value),
    }[habit]


def percent_as(fraction: float, habit: str) -> object:
    """Return a percent as a cell holds it."""
    text = f"{fraction * 100:.2f}"
    return {
        "comma": text.replace(".", ",") + "%",
        "dot": text + "%",
        "bare": text.replace(".", ","),
        "number": round(fraction * 100, 2),
    }[habit]


def slip(text: str, random: Random) -> str:
    """Return a heading with one slip of the keys that leaves no other word."""
    words = text.split(" ")
    long = [i for i, w in enumerate(words) if len(w) >= 5 and w.isalpha()]
    if not long:
        return text
    i = random.choice(long)
    at = random.randrange(1, len(words[i]) - 1)
    words[i] = words[i][:at] + words[i][at] + words[i][at:]
    return " ".join(words)


_TONES = {"\u0300": 0, "\u0301": 1, "\u0309": 2, "\u0303": 3, "\u0323": 4}
_VNI_TONE = "øùûõï"
_TCVN3 = dict(
    zip(
        "ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵĂÂÊÔƠƯĐ",
        "¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ¡¢£¤¥¦§",
        strict=True,
    )
)


def in_tcvn3(text: str) -> str:
    """Return text as a sheet in a .Vn font holds it; capitals with tones are lower-case bytes."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        out.append(_TCVN3.get(char, _TCVN3.get(char.lower(), char) if ord(char) > 127 else char))
    return "".join(out)


def in_vni(text: str) -> str:
    """Return text as a sheet in a VNI font holds it."""
    return "".join(_vni(char) for char in unicodedata.normalize("NFC", text))


def _vni(char: str) -> str:
    if ord(char) < 128:
        return char
    single = {"đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì", "ơ": "ô", "ư": "ö"}
    low = char.lower()
    if low in single:
        return single[low] if char == low else single[low].upper()
    parts = unicodedata.normalize("NFD", low)
    tone = next((_TONES[c] for c in parts if c in _TONES), None)
    mark = next((c for c in parts if c in "\u0302\u0306\u031b"), "")
    base = parts[0]
    if mark == "\u0302":
        out = base + ("â" if tone is None else "àáåãä"[tone])
    elif mark == "\u0306":
        out = base + ("ê" if tone is None else "èéúüë"[tone])
    else:
        base = {"o": "ô", "u": "ö"}[base] if mark == "\u031b" else base
        out = base + ("" if tone is None else _VNI_TONE[tone])
    return out if char == low else out.upper()


def as_wrong_page(text: str) -> str:
    """Return UTF-8 text taken for windows-1252."""
    raw = unicodedata.normalize("NFC", text).encode("utf-8")
    return "".join(
        bytes((b,)).decode("cp1252" if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1") for b in raw
    )
