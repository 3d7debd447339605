from reviewer.parsing.reading import Progress, Reading


def read_pdf(data: bytes, progress: Progress) -> Reading:
    raise NotImplementedError
