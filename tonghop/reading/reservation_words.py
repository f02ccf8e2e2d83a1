"""The words by which senders doubt their own figures, as patterns of text without marks; ``reservations`` reads them.

They are of the language, as those of days are, not of a form.
"""

from __future__ import annotations

import re

MAY_DOUBT = re.compile(
    r"chua|khong|nham|~|sai|sot|lech|thieu|quen|uoc|tam\b|so bo|du kien|chinh|sua|bo qua|bo sung|truoc\b|giup|nhap|loi"
    r"|cu\b|hom qua|tham khao|tuong doi|lam tron|khoang|du thao|huy|test|demo|thu nghiem|gui thu|co the|thu hoi"
    r"|rut|dung\b|moi\b|con lai|(?:dang|cho|can|kiem|ra|xac|xem) |trung\b|dao\b|nguoc|doi cho|ghi|copp?y|chep|lieu ao"
    r"|tru\b|chi (?:tinh|gom|bao|thong|la|co) |so (?:luot|ao|tang|du bao)|cua (?:ap|kp|khu|thon|xom|khom|to) "
    r"|theo (?:so )?ho\b|ngoai (?:xa|phuong|dia|tinh|huyen|tru)|khac\b|cai (?:2|hai|nhieu) |dai\b|tam\b"
    r"|(?:trua|chieu|toi|dem|sang) qua\b|wrong|correct|verified|checked|provision|should|final|complete|estimate"
    r"|prelim|ignore|mistake|hieu luc|thay bang"
)
SENTENCES = re.compile(r"[;!?\n…]+|\.(?=\s|$)|(?:^|\s)[*•+](?=\s)")
_FIGURES = (
    r"(?:so lieu|(?<!mot )so(?! (?:may|ap|ho|truong hop|nguoi dan|dien thoai)\b)|con so|file|tep|bang|bieu"
    r"|bao cao|ket qua|cot|dong|muc|o [a-z]{1,2}\d+)"
)
HERE = re.compile(
    r"\b(?:dinh kem|kem|kem theo|(?:file|tep|bang|bieu|so lieu|bao cao|ban) nay|tren day|o tren|duoi day)\b"
)
_FAULTY = r"(?:nham|sai|thieu|thua|lech)"
_HAMLET = r"(?:ap|khu pho|kp|thon|xom|khom|khoi pho|to dan pho)"
_LEADERS = r"(?:lanh dao|chu tich|pho chu tich|thu truong|truong phong|sep)(?: ubnd)?(?: xa| huyen)?"
_PARTS = r"(?:ap|khu pho|kp|thon|xom|khom|khoi pho|to dan pho|to \d|truong|tram|don vi|chi bo|chi doan)"
# Whom a form counts and a sender may leave out of it; not who has left.
_WHOM = (
    r"(?:giao vien|giao duc|vien chuc|cong chuc|can bo|cbccvc|cong an|quan su|quan doi|bo doi|dan quan|y te|hop dong"
    r"|lao dong|nguoi lao dong|nld|khong chuyen trach|ban chuyen trach|nhan vien|cong nhan|doan vien|dang vien|hoi vien"
    r"|hoc sinh|sinh vien|tre em|nguoi gia|cao tuoi|nguoi cao tuoi|khoi \w+|luc luong \w+)"
    r"\b(?!(?: \w+){0,2} (?:nghi|huu|huu tri|thoi viec|chuyen di|biet phai|di hoc|chuyen trach cntt)\b)"
)
DOUBTS = tuple(
    re.compile(pattern)
    for pattern in (
        # Wrong, and who typed it knows.
        (
            rf"\b(?:ghi|nhap|go|danh may|danh|tinh|cong|lay|chep|copy|viet|dem|thong ke|tong hop|so lieu|con so|cot"
            rf"|dien(?: so(?: lieu)?)?)(?: bi| so| lieu| con| la| dang| dong| cot)* {_FAULTY}\b(?! (?:so"
            rf" )?(?:dien thoai|sdt|mat khau|ma))"
        ),
        (
            rf"\b(?:bi|la|co su|do|co) (?:nham lan|sai sot|sai lech|{_FAULTY})\b(?! (?:may|thiet bi|dien|mang"
            rf"|song|internet))"
        ),
        r"\bnham (?:lan|so|cot|dong|file|tep|bang|don vi|xa|ngay)\b|\bgui (?:nham|sai)\b",
        r"\b(?:bo|ghi|cong|tinh|nhap|dem|con) sot\b(?! (?:xuat|ret|cao))",
        (
            rf"\b{_FIGURES}\b[^,:]{{0,60}}\b(?:chua|khong|k|ko|ch) (?:duoc |that |that su |hoan toan |phai la so )?"
            r"(?:dung|chinh xac|khop|chuan)\b(?! (?:hen|han|gio|mau|tien do|quy dinh|dien|may|ung dung|smart|thoi))"
        ),
        (
            r"\b(?:file|tep|bang|bieu|cot|dong|cong thuc|o [a-z]{1,2}\d+)\b[^,:]{0,20}\b(?:co|bi) loi\b(?!"
            r" (?:font|phong|chinh ta))"
        ),
        r"\bban nhap\b|^\W*nhap\W*$|\b(?:la|chi) so nhap\b",
        r"\bcot\b[^,:]{0,40}\b(?:dao|nguoc|doi cho)\b|\bghi (?:dai|bua)\b",
        r"^\W*(?:sai|nham)(?: so| so lieu)? roi\b|\bsai (?:so lieu|so|cot|dong)\b(?! (?:dien thoai|sdt))",
        r"\bbi trung\b[^,:]{0,20}\b(?:so|danh sach|da cai)\b|\b\d+ nguoi (?:bi )?trung\b",
        r"\bcorrected (?:file|version|figures?|data|report)\b[^,]{0,20}\b(?:later|soon)\b",
        (
            r"^\W*(?:(?:ban |bieu |file |bao cao )?(?:da |bi )?huy(?: bo)?|test|demo|gui thu"
            r"|ban thu|thu nghiem)\W*$"
        ),
        r"^\W*(?:(?:ban )?sai|het hieu luc|thay bang ban moi)\W*$",
        r"\b(?:so lieu|bao cao|file|bang|ban) (?:thu nghiem|test|demo)\b",
        r"\bso lieu(?! dan so)(?: \w+){0,5} uoc (?:doan|tinh|luong|chung)\b",
        (
            r"\b(?:so lieu|so)\b[^,:]{0,30}\b(?:dang (?:cho|doi|xac minh|ra soat)|co the (?:con )?(?:thay doi"
            r"|sai|chua|khong))\b"
        ),
        # Incomplete.
        (
            rf"\b{_FIGURES}\b[^,:]{{0,40}}\b(?:chua|khong) (?:duoc |that )?(?:day du|du)\b(?! (?:dieu kien|may"
            rf"|kinh phi))"
        ),
        (
            r"\bchua(?: kip| the| co)* (?:tong hop|thong ke|thu thap|cap nhat|bao gom|gom|tinh|cong|nhan(?:"
            r" duoc)?|co so lieu"
            rf"|ra soat|kiem dem|bao cao)(?: \w+){{0,5}}? (?:{_PARTS} ?\d*|so lieu|het|xong|kip)\b"
        ),
        rf"\b(?:chua co|chua nhan duoc|con thieu|thieu) (?:so lieu|bao cao|so)(?: \w+)? (?:cua )?{_PARTS}\b",
        rf"\b{_HAMLET}(?: \w+){{0,4}}:? chua (?:bao|nop|gui|co|chot|tong hop)(?: bao cao)? (?:so|cao|bao cao)\b",
        rf"\b{_HAMLET} \d+(?:(?:,| va) \d+)* chua (?:nop|gui|bao)\W*$",
        rf"\b(?:khong (?:bao gom|gom|tinh)|chua (?:bao gom|gom|tinh|co))(?: \w+){{0,3}} {_HAMLET} \w",
        (
            r"\b(?:(?:chua|khong)(?: duoc| kip)? (?:ke|tinh|bao gom|gom|cong|dem|thong ke|tong hop)|ngoai tru|loai tru)"
            rf"(?: (?:so|ca|cac|toan bo|phan|them|mot so|nguoi|doi ngu|khoi|luc luong))* {_WHOM}"
        ),
        rf"^\W*(?:da |so nay |so lieu )?tru(?: ra)?(?: (?:so|cac|nguoi|khoi|luc luong))* {_WHOM}",
        rf"\bmoi (?:tinh|co|tong hop|nhan|thong ke|cap nhat)(?: duoc)?(?: \w+){{0,3}} \d+(?:/\d+)? ?{_HAMLET}\b",
        rf"\b{_HAMLET} con lai(?: \w+){{0,2}} (?:se|chua|bo sung|bao cao|gui)\b",
        rf"\bdang (?:cho|doi) (?:so lieu|so|bao cao)(?: cua)?(?: cac)? {_PARTS}\b",
        (
            r"\bchua (?:kip|the) (?:cap nhat|tong hop|thong ke|ra soat|dem|nhan|kiem tra|lay)\b(?! (?:ung dung"
            r"|phan mem|app))|\bchua (?:ra soat|xac minh|doi chieu)\b"
        ),
        rf"\b(?:con )?thieu (?:{_PARTS} ?\d+|\d+ (?:nguoi|{_PARTS}))\b",
        rf"\b(?:{_FIGURES}|phan)\b[^:]{{0,60}}\bchua (?:kip |duoc )*(?:cap nhat|tong hop|bo sung|nhap)(?: \w+)?$",
        r"\b(?:so lieu|so)\b[^:]{0,40}\bse (?:chinh|sua|dieu chinh)(?: \w+)? sau\b",
        r"\bquen (?:chua )?(?:cong|ghi|tinh|nhap|cap nhat|dien|bo sung)\b",
        (
            r"\b(?:so lieu|so chinh thuc|so|con so)\b[^:]{0,60}\b(?:se|xin)(?: \w+){0,2} (?:bo sung|gui lai|dieu"
            r" chinh|dinh chinh"
            r"|gui bo sung|chinh lai)\b|\b(?:se|xin)(?: \w+){0,2} (?:bo sung|gui lai|dieu chinh|dinh chinh)(?:"
            r" lai)? so\b"
        ),
        (
            r"\b(?:so lieu|so) (?:nay |tren |trong file |cua xa )?(?:dang|can|phai) (?:duoc )?(?:ra soat|kiem"
            r" tra|xac minh)\b"
        ),
        (
            r"^\W*(?:so(?: lieu)? )?(?:(?:chua|chua kip) cap nhat|(?:se|xin) (?:bo sung|cap nhat)(?: so(?: lieu)?)? sau"
            r"|(?:sai|nham)\W* ?(?:dang|se|can) (?:kiem tra|chinh sua|chinh|sua)(?: lai)?)\W*$"
        ),
        rf"^\W*(?:chua co|chua tinh|con thieu|thieu|tru) \d+ {_HAMLET}\b",
        # Estimated, or of another time.
        (
            r"\b(?:so lieu|so|day|con so|ket qua|chi|la)(?: (?:lieu|nay|tren|la|trong|file|bang|deu|chi|moi|so"
            r"|duoc|o|day|dinh"
            r"|kem|cot|cai|dat|da))* (?:uoc(?: tinh| luong| chung| doan| khoang)?|du kien)\b"
        ),
        (
            r"\b(?:so lieu|so|ket qua)(?: (?:nay|tren|trong|file|bang|la|duoc|lay|theo|cua|tu|den))*"
            r" (?:tuan|thang|quy|ky|nam|lan|hom|bao cao) truoc\b"
        ),
        r"\b(?:mang tinh(?: chat)?|chi(?: de| co tinh(?: chat)?)?) (?:tuong doi|tham khao|uoc luong)\b",
        r"\b(?:so lieu|so|con so)\b[^,:]{0,30}\b(?:khoang chung|ang chung|lam tron|tuong doi)\b",
        # A note of few words beside the figures.
        (
            r"^\W*(?:so )?(?:uoc(?: tinh| luong| doan)?|nham|sai|(?:can )?(?:kiem tra|xem) lai"
            r"|dang (?:ra soat|xac minh|kiem tra)|cho xac minh|chua bao cao|chua (?:day )?du"
            r"|chua (?:duoc )?cap nhat(?: so(?: lieu)?)?(?: moi| hom nay)?"
            r"|(?:uoc |uoc tinh )?(?:khoang|chung|~) ?[\d.]+(?: nguoi)?)\W*$"
        ),
        # About so many.
        r"\b(?:so nguoi |so )?(?:da )?cai(?: dat)?(?: duoc| la| dat)?:? ?(?:\b(?:khoang|tam|chung) |~ ?)\d",
        r"\b(?:khoang|chung|uoc) [\d.]+ (?:nguoi |nguoi dan |dan )?da (?:cai|tai)\b",
        # Of something else than all the people: a part of them, whoever is from elsewhere, downloads, households.
        (
            r"^\W*chi (?:tinh|gom|bao gom|thong ke|co so(?: lieu)?)(?: (?:so|duoc|cua|nguoi|rieng|trong))*"
            rf" (?:{_HAMLET}|ubnd|tren|tu|duoi|co quan|\d|can bo|cbcc\w*)\b"
        ),
        rf"^\W*(?:so lieu |so )?cua {_HAMLET}(?: so)? \w+\W*$",
        r"\b(?:tinh|gom|cong|ke)(?: \w+){0,3} (?:ngoai (?:xa|phuong|dia ban|tinh|huyen)|(?:xa|phuong|huyen) khac)\b",
        r"\bla so luot (?:tai|cai)\b|^\W*(?:tinh theo )?so luot (?:tai|cai)\b[^\d:]{0,40}$",
        r"\btinh theo (?:so )?ho\b(?! khau)|\b\d+ nguoi\b[^,]{0,15}\bcai (?:2|hai|nhieu) (?:may|lan|thiet bi)\b",
        r"^\W*(?:chi )?(?:la )?so (?:(?:cai )?moi|tang them|cai them|phat sinh moi|du bao|ao)\W*$",
        r"^\W*trung \d+ (?:nguoi|thue bao|may)\b(?!.{0,20}\bda (?:loai|tru|bo)\b)",
        # Parts that are still to come, or in doubt.
        rf"^\W*(?:se )?bo sung (?:so lieu |so )?{_HAMLET} \w+|^\W*dang (?:cho|doi) {_HAMLET}\b(?! truong)",
        rf"\bso(?: lieu)? (?:cua )?{_HAMLET} \w+[^,:]{{0,20}}\bchua (?:nhan|co|gui|bao|nop|ve)\b",
        (
            r"\b(?:rieng|con) (?:cbcc\w*|can bo|dan so|cot|muc|phan)\b[^,:]{0,25}\bchua (?:kip )?(?:cap nhat|tong hop"
            r"|co so|dem|thong ke|ra soat)\b"
        ),
        r"\b(?:so|so lieu|cot|cai dat|cbcc\w*)\b[^,:]{0,25}\bchua (?:chac|xac dinh)\b",
        r"\bchua co so (?:lieu )?(?:that|thuc)\b|\b(?:lay|dien|nhap) dai\b",
        # Another's, or nobody's.
        (
            r"(?<!mau )(?<!form )(?<!ghi )\b(?:sao chep|copp?y|chep)\b"
            r"(?!(?: \w+){0,3} (?:mau|form|cong thuc|tieu de|tai lieu|van ban)\b)"
            r"(?: \w+){0,3}? (?:tu|cua|theo)(?: (?:file|tep|so lieu|so|bao cao|bieu|cua))*"
            r" (?:xa|phuong|thi tran|don vi) (?!minh|ta\b|em\b|nha|chung)\w"
        ),
        r"\b(?:so|du) lieu (?:ao|khong (?:that|thuc|co that))\b",
        # Not to be taken, or to be changed by whoever reads it.
        r"\b(?:khong|dung|khoan) (?:lay|dung|su dung|tong hop) (?:so lieu|so) (?:nay|tren|o tren|trong nay)\b",
        r"^\W*(?:de|cho) (?:em|toi|xa|minh) (?:kiem tra|xem|ra soat|hoi) lai(?: so(?: lieu)?\b| roi\b|\W*$)",
        r"\b(?:thu hoi|rut)(?: lai)? (?:bao cao|file|tep|ban|bieu|bang|so lieu)\b",
        (
            r"\b(?:bo qua|huy|(?:khong|dung|khoan) (?:lay|dung|su dung|tong hop))(?: (?:so lieu|so|theo|cac|cai"
            r"|trong|o))*"
            r" (?:file|tep|bang|bieu|bao cao|ban)\b"
        ),
        (
            r"\b(?:sua|chinh|dieu chinh|cong them|thay)(?: \w+){0,5} (?:giup|gium)\b|\b(?:giup|gium)(?: \w+){0,4}"
            r" (?:sua|dieu chinh|chinh lai|cong them|doi)\b"
        ),
        r"\bchu khong (?:phai|lay|dung)\b[^,]{0,30}\b(?:file|bang|bieu|so|tep)\b",
        (
            r"\b(?:figures?|numbers?|file|table|data|report|it|they|that|count)\b[^,]{0,30}\b(?:is|are|was|were"
            r"|should (?:be|read)|not)"
            r" (?:all |still |yet )?(?:wrong|incorrect|mistaken|incomplete|estimated|estimates?|correct|complete|\d)"
        ),
        (
            r"\b\w+ should (?:be|read) \d|\bplease (?:ignore|change|correct)\b|\b(?:estimated|incomplete)"
            r" (?:figures|data|numbers)\b"
        ),
    )
)
# Nothing to be counted, whatever marks the words bear: "KHÔNG DÙNG" is "không đúng" at worst. Alone, or as the end of
# a title, but not of one about people who do not use something.
_NOT_USED = (
    r"(?:khong|ko|k|dung|cam)(?: duoc| con| nen)? (?:su dung|dung|lay|tinh|cong|tong hop|xai)(?: nua)?"
)
VOID = re.compile(
    rf"\W*(?:(?:xin|de nghi|vui long|luu y|chu y)\W+)?(?:ban |bieu |file |bao cao |sheet |trang )?{_NOT_USED}"
    r"(?: (?:(?:so lieu|so|file|tep|ban|bang|bieu|bao cao|sheet|trang)(?: lieu)?(?: nay)?|den|vao dau))?\W*$"
    rf"|\W*{_NOT_USED} (?:bc|bao cao)\b[^,;]{{0,80}}$"
)
VOID_END = re.compile(
    r" (?<!nguoi )(?<!may )(?<!thoai )(?<!minh )(?<!nhung )(?<!ma )(?<!bao )(?<!dan )(?<!phone )(?<!ho )(?<!va )"
    rf"(?:{_NOT_USED}|(?:da |bi )?huy bo|(?:da|bi) huy|(?:da )?het hieu luc|khong con hieu luc|ban (?:sai|loi|huy))\W*$"
)
TITLE = re.compile(
    r"\W*(?:bao cao|bc|ket qua|bieu|bang|so lieu|tong hop|thong ke|mau|file|tep|ban|phu luc)\b[^,;:]{2,160}$"
)
# "Số liệu như hôm qua", and not "tăng như hôm qua", "theo mẫu như hôm qua", "như hôm qua đã trao đổi".
_AS_BEFORE = (
    r"(?:(?:van|cung|deu|y) )?(?:nhu|giong|y het|y nguyen|trung|bang)(?: (?:het|voi|nhu|nguyen|so lieu|so|bao cao"
    r"|ket qua|cua|cua ngay|ngay|lan))*?"
    r" (?:hom qua|hom truoc|ngay truoc|lan truoc|ky truoc|bao cao truoc|buoi truoc|tuan truoc)\b"
    r"(?!(?: \w+){0,3} (?:trao doi|thong nhat|hen|dan|yeu cau|huong dan|noi|nhac|lam)\b)"
)
# Of figures taken over from an earlier day nothing excuses.
OLD = re.compile(
    r"\b(?:so lieu|con so|ket qua|chi tieu|luy ke|so(?: nguoi)?)"
    r"(?: (?!(?:tang|giam|them|moi|trong ngay|mau|bieu|gui|khong|chua|khac|phat|cach|luc|gio|voi)\b)\w+){0,6}?"
    rf" {_AS_BEFORE}"
    r"|\bso lieu\b[^,:]{0,20} den (?:\w+ ){0,2}(?:trua|chieu|toi|dem|sang)(?: hom)? qua\b"
    rf"|(?<!gui )\bbao cao {_AS_BEFORE}|^\W*(?:(?:ghi chu|luu y|bao cao|xa)\W+)?{_AS_BEFORE}\W*$|"
    r"\b(?:la|lay)(?: so| so lieu)? cua(?: \S+){0,3} (?:hom qua|hom truoc)\b"
    r"|\b(?:chua|khong) co so(?: lieu)? moi\b|\bso lieu(?: (?:nay|tren|trong|file|bang))*(?: (?:la|lay|duoc|theo|cua))+"
    r" (?:tuan|thang|quy|ky|nam|lan|hom|ngay) truoc\b"
    r"|\b(?:lay|dung|su dung|giu|de)(?: \w+){0,3} (?:hom qua|hom truoc|ngay truoc)\b"
    r"|\b(?:la|lay|dung|van(?: la)?|theo|giu)(?: \w+){0,2} so(?: lieu)? cu\b"
    r"|^\W*(?:(?:so lieu|so|bang|bieu|bao cao|ban) )?cu\W*$"
)
PROVISIONALS = re.compile(
    r"\b(?:so lieu|so|ket qua|bao cao|bang|day|la|bieu|so luong)(?: \w+){0,4} (?:tam tinh|so bo|tam thoi"
    r"|chua chinh thuc|chua (?:duoc )?(?:kiem tra|phe duyet|duyet|ky duyet)|chua chot)\b|\bgui tam\b"
    rf"|\b(?:chua (?:duoc )?{_LEADERS}|{_LEADERS}(?: \w+){{0,2}} chua) (?:phe |ky |xem )?duyet\b"
    r"|\bchua phai(?: la)? (?:so|ban|bao cao|file)(?: lieu)? (?:chinh thuc|cuoi)\b"
    r"|\b(?:ban|file|so)(?: lieu)? (?:cuoi|chinh thuc)\b[^,:]{0,30}\b(?:gui|bo sung)(?: lai)? sau\b"
    r"|\b(?:so lieu|so|bao cao|ban|bang) tam\b(?! (?:tru|vang|nghi|ung|dung))|^\W*\(?(?:tam tinh|(?:ban )?du"
    r" thao|tam bao|tam|bao tam|chua (?:ky )?duyet|chua chot)\)?\W*$"
    r"|\b(?:preliminary|provisional|(?:not|never)(?: yet)? (?:final|verified|checked))\b"
)
# In front of what was found, these make it no doubt: a condition, a warning to others, a denial.
UNLESS = re.compile(
    r"\b(?:neu|truong hop|co gi|khi|de tranh|tranh|tuyet doi|han che|phai|can(?! bo)|yeu cau|khong|de nghi cac|xa nao"
    r"|don vi nao|cac xa|cac don vi|if|ty le|ti le|tl|so voi)\b[^,]{0,60}$"
)
EARLIER = re.compile(
    r"\b(?:(?:file|tep|ban|bao cao|so|so lieu|lan|bieu|bang|thu|mail|email|hom|ngay|buoi)(?: \w+){0,2} (?:truoc|cu)"
    r"|hom qua|lan (?:1|mot|dau|thu nhat|2|hai|3|ba)|sang nay|hoi sang|da gui|gui luc|vua roi|vua gui"
    r"|(?:bao cao|gui|ban|file|tep|van ban|bieu) dinh chinh|dinh chinh (?:cho )?(?:bao cao|ban|so lieu|file|bieu)"
    r"|ngay \d{1,2}[/.\-]\d{1,2}\S* (?:bi|ghi|co|do))\b"
)
MENDED = re.compile(
    r"\b(?:da|nay|da duoc|xin|em) (?:duoc )?(?:dieu chinh|chinh sua|chinh|sua|khac phuc|cap nhat|kiem tra|bo"
    r" sung|dinh chinh"
    r"|ra soat|gui lai|sua lai)\b|\bgui lai (?:file|bao cao|ban|bang|bieu|tep|so)|\bfile (?:dung|moi)\b"
    r"|^\W*(?:em |xa )?gui lai\b"
)
SETTLED = re.compile(
    r"\bda (?:duoc )?(?:dieu chinh|chinh sua|sua|khac phuc|cap nhat|kiem tra|ra soat|dinh chinh)\b"
)
REPLACES = re.compile(r"\bthay (?:the|cho) (?:cho )?(?:bao cao|ban|file|tep|bieu|bang|lan|van ban)\b")
LATER = re.compile(r"\b(?:de (?:em|xa|toi|minh)|se|chieu|mai|toi nay|lat nua|ti nua|sau do|sau)\b")
# In marked text these letters are other words: "nhằm", "dùng", "thưa", "sốt".
MARKED = {
    "nham": "nhầm",
    "dung": "đúng",
    "thua": "thừa",
    "sot": "sót",
    "du": "đủ",
    "uoc": "ước",
    "thieu": "thiếu",
}
MARKED |= {
    "tam": "tạm",
    "tru": "trừ",
    "nhap": "nháp",
    "cu": "cũ",
    "thu": "thử",
    "dao": "đảo",
    "dai": "đại",
    "trung": "trùng",
}
AMBIGUOUS = re.compile(
    r"\b(?:nham|(?<!su )dung(?! (?:file|tep|bang|bieu|bao cao|so|lay|tong hop|su)\b)|thua|sot|du(?! (?:kien|bao"
    r"|thao))|uoc|thieu|tam|tru"
    r"|(?<=ban )nhap|(?<=so )nhap$|^nhap$|cu|(?<=gui )thu|(?<!chi )(?<!lanh )dao"
    r"|(?:(?<=ghi )|(?<=lay )|(?<=dien )|(?<=nhap ))dai|trung)\b"
)
