"""What the folder of an export says about itself, in both languages, to someone who has never heard of Guiju."""

from guiju.organizations.models import Organization

ENGLISH = """{name} — all that its management system keeps, written by Guiju, an open quality management system.

To verify it:
    python3 verify.py --key FINGERPRINT
FINGERPRINT is that of the installation's key, as you know it from elsewhere: from the foot of a print, or from
/.well-known/guiju-key of the installation. Or bring a signed head that was sent to you earlier: --head FILE. Without either
it is compared whether all of this is whole in itself, not whose it is. `pip install cryptography` is needed for signatures.

records/        every record by kind, one a line, each field as text
trail/          every change as it was hashed, the values behind it, the signed heads, time stamps
files/          every attached file under its SHA-256
installation/   the keys that signed, the people who are named, and the proof of each
SHA256SUMS      the digest of every file (sha256sum --check SHA256SUMS)
export.json     what was exported when, with the digest of that list, signed

Stays behind: passwords, second factors, passkeys, API tokens, web sessions, terminals' and invitations' secrets. People are
invited anew. Indexes, notices and lists that were exported stay behind too; they can be made again.
"""

CHINESE = """{name}——其管理体系所保存的全部内容，由开放的质量管理系统“规矩”导出。

核对方法：
    python3 verify.py --key 指纹
“指纹”是系统密钥的指纹，请从别处取得：打印件页脚，或系统的 /.well-known/guiju-key。也可以提供以前收到的签名链头：--head 文件。
两者都没有时，只能核对内容自身是否完整，不能证实来源。核对签名需要先执行 pip install cryptography。

records/        各类记录，每行一条，每个字段均为文本
trail/          每次变更的原始散列文本、对应的值、签名链头和时间戳
files/          所有附件，以 SHA-256 命名
installation/   签名所用的密钥、记录中提到的人员及其证明
SHA256SUMS      每个文件的摘要（sha256sum --check SHA256SUMS）
export.json     何时导出了什么，含上述清单的摘要，并已签名

不随导出带走：密码、双重验证、通行密钥、API 令牌、登录会话、终端和邀请的密文。人员需重新邀请。
索引、通知和导出过的清单也不带走，可以重新生成。
"""


def readme(organization: Organization, hidden: list[str]) -> str:
    """The text of README.txt; what is hidden is named."""
    text = ENGLISH.format(name=organization.name) + "\n" + CHINESE.format(name=organization.name_zh or organization.name)
    return text + ("\nHidden on purpose 有意隐去: " + ", ".join(hidden) + "\n" if hidden else "")
