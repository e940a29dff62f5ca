import io
import struct
import zlib

import pytest
from PIL import Image, ImageCms
from PIL.TiffImagePlugin import IFDRational

from guiju.lib.pictures import reencode
from guiju.lib.problems import Unreadable


def picture(format="JPEG", size=(60, 40), mode="RGB", **options):
    target = io.BytesIO()
    Image.new(mode, size, "red" if mode != "P" else 0).save(target, format, **options)
    target.seek(0)
    return target


def shown(source, **options):
    return Image.open(io.BytesIO(reencode(source, **options)))


def refusal(source, **options):
    with pytest.raises(Unreadable) as refused:
        reencode(source, **options)
    return refused.value.code


@pytest.mark.parametrize("format", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_pictures_of_usual_formats_become_webp(format):
    drawn = shown(picture(format))
    assert (drawn.format, drawn.size) == ("WEBP", (60, 40))


def test_place_and_camera_are_gone():
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif.get_ifd(0x8825)[2] = (IFDRational(31), IFDRational(14), IFDRational(0))
    source = picture(exif=exif, comment=b"secret", xmp=b"<x>secret</x>")
    assert Image.open(source).getexif()
    source.seek(0)
    raw = reencode(source)
    assert b"Camera" not in raw
    assert b"secret" not in raw
    assert not Image.open(io.BytesIO(raw)).getexif()


def test_a_picture_taken_on_its_side_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    assert shown(picture(exif=exif)).size == (40, 60)


def test_a_picture_of_another_colour_space_is_shown_in_the_usual_one():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert "icc_profile" not in shown(picture(icc_profile=profile)).info
    assert "icc_profile" not in shown(picture(icc_profile=b"broken")).info


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    assert shown(picture(size=(1000, 500)), max_side=100).size == (100, 50)
    assert shown(picture(size=(60, 40)), max_side=100).size == (60, 40)


def test_transparency_is_kept():
    target = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 100)).save(target, "PNG")
    assert shown(target).getpixel((5, 5)) == (255, 0, 0, 100)


def test_a_drawing_keeps_every_pixel():
    source = Image.new("RGB", (50, 50))
    source.putdata([(n * 7 % 256, n * 13 % 256, n * 29 % 256) for n in range(2500)])
    target = io.BytesIO()
    source.save(target, "PNG")
    assert shown(target).convert("RGB").tobytes() == source.tobytes()


def bomb(width, height):
    """A PNG of a hundred bytes that claims to be large."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b""))


@pytest.mark.parametrize("side", [7000, 20_000, 1_000_000])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(side):
    assert refusal(bomb(side, side)) == "too_large"


@pytest.mark.parametrize("raw", [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_unreadable(raw):
    assert refusal(io.BytesIO(raw)) == "unreadable"


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_a_picture_cut_short_is_unreadable(format):
    whole = picture(format, size=(600, 400)).getvalue()
    assert refusal(io.BytesIO(whole[: len(whole) // 2])) == "unreadable"


def test_a_file_is_read_by_its_path(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(picture().getvalue())
    assert shown(path).size == (60, 40)
