"""What can come of reading a file besides a document: one closed list, each with its sentence and its way out."""

from enum import StrEnum

from reviewer.domain.errors import InputError


class OutcomeCode(StrEnum):
    """Why a file gave no document. The words are stable; scripts rely on them."""

    NOT_A_DOCUMENT = "not_a_document"
    EMPTY_FILE = "empty_file"
    EMPTY_TEXT = "empty_text"
    BLANK = "blank"
    ENCRYPTED = "encrypted"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a code
    CORRUPT = "corrupt"
    NOT_A_DOCX = "not_a_docx"
    NOT_SUPPORTED = "not_supported"
    TOO_BIG = "too_big"
    TOO_MANY_PAGES = "too_many_pages"
    ZIP_BOMB = "zip_bomb"
    DTD_REFUSED = "dtd_refused"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    ENGINE_CRASH = "engine_crash"
    QUARANTINED = "quarantined"
    CLOSED = "closed"
    NOT_OPEN = "not_open"
    NO_SUCH_PAGE = "no_such_page"


_FROM_THE_SENDER = "Ask the sender for the file again, or open it in its own program and save it under a new name."
_SAVE_ANEW = "Open it in its own program, save it as PDF or Word document (.docx) and add that."

_SENTENCES: dict[OutcomeCode, tuple[str, str]] = {
    OutcomeCode.NOT_A_DOCUMENT: (
        "This is not a document that can be read.",
        "Add a PDF, a Word document, an OpenDocument or rich text file, a web page, a mail or a text file.",
    ),
    OutcomeCode.EMPTY_FILE: ("The file is empty.", _FROM_THE_SENDER),
    OutcomeCode.EMPTY_TEXT: ("The document holds no text.", _FROM_THE_SENDER),
    OutcomeCode.BLANK: ("The pages of the document are blank.", _FROM_THE_SENDER),
    OutcomeCode.ENCRYPTED: (
        "The document is protected by a password.",
        "Remove the password in the program it was made with and add it again.",
    ),
    OutcomeCode.WRONG_PASSWORD: (
        "The password does not open the document.",
        "Try again; capital and small letters differ.",
    ),
    OutcomeCode.CORRUPT: ("The file is damaged and cannot be read.", _FROM_THE_SENDER),
    OutcomeCode.NOT_A_DOCX: ("The file is no Word document (.docx), although it is packed like one.", _SAVE_ANEW),
    OutcomeCode.NOT_SUPPORTED: ("Files of this kind cannot be read.", _SAVE_ANEW),
    OutcomeCode.TOO_BIG: ("The document is too big.", "Cut it into parts and add them one by one."),
    OutcomeCode.TOO_MANY_PAGES: (
        "The document has more than 5,000 pages.",
        "Cut it into parts and add them one by one.",
    ),
    OutcomeCode.ZIP_BOMB: (
        "The file would unpack to far more than a document holds, so it was not opened.",
        "Do not trust this file; ask the sender what it is.",
    ),
    OutcomeCode.DTD_REFUSED: (
        "The file holds declarations that no document needs and that can be used for attacks.",
        "Do not trust this file; ask the sender for a copy saved anew.",
    ),
    OutcomeCode.TIMEOUT: ("Reading the document took too long and was stopped.", _SAVE_ANEW),
    OutcomeCode.MEMORY: ("Reading the document needs more memory than is allowed.", _SAVE_ANEW),
    OutcomeCode.ENGINE_CRASH: ("The document made its reader fail.", _SAVE_ANEW),
    OutcomeCode.QUARANTINED: (
        "The document made its reader fail twice, so it is left alone until Reviewer is started again.",
        _SAVE_ANEW,
    ),
    OutcomeCode.CLOSED: ("Reading was ended because the program is closing.", "Add the document again."),
    OutcomeCode.NOT_OPEN: ("The pages of this document are not open.", "Choose the document again."),
    OutcomeCode.NO_SUCH_PAGE: ("The document has no such page.", "Choose another page."),
}


def failure(code: OutcomeCode, message: str = "", hint: str = "") -> InputError:
    """The error for a code, with its sentence and hint unless better ones are given."""
    default_message, default_hint = _SENTENCES[code]
    return InputError(code.value, message or default_message, hint or default_hint)
