"""Files that people send: held in memory while their request lasts, never on the disk, and never when they are too
large. A form sees such a file's size and says so (pupils.forms.UploadForm); of its bytes nothing is kept."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler

MOST = 10 * 1024 * 1024  # of a file; sendhub.tables refuses what is larger as well
ROOM = 64 * 1024  # for the rest of the form and the words between its parts


class TooLargeFile(SimpleUploadedFile):
    """Stands for a file that was not kept. Its size is the true one."""

    def __init__(self, name, size):
        super().__init__(name, b"")
        self.size = size


class UploadHandler(MemoryFileUploadHandler):
    """Keeps a file in memory if the whole request says that it is small enough. Otherwise the bytes run through, so
    that the browser hears the answer instead of a broken connection."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.activated = content_length <= MOST + ROOM

    def file_complete(self, file_size):
        return super().file_complete(file_size) if self.activated else TooLargeFile(self.file_name, file_size)
