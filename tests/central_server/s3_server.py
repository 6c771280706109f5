"""A server of the S3 protocol in a process of its own, on this machine, that keeps everything in memory."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import boto3

BUCKET = "lampiran"
CREDENTIALS: Mapping[str, str] = {
    "AWS_ACCESS_KEY_ID": "tests",
    "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(frozen=True)
class S3Server:
    """The running server and its process."""

    url: str
    process: subprocess.Popen[str]

    def address(self, prefix: str, bucket: str = BUCKET) -> str:
        """What `--blob-store` takes."""
        return f"s3://{bucket}/{prefix}?endpoint={self.url}"

    def keys(self, prefix: str) -> list[str]:
        """The names of all objects below the prefix."""
        found = self._client().list_objects_v2(Bucket=BUCKET, Prefix=prefix)
        return [item["Key"] for item in found.get("Contents", ())]

    def remove(self, key: str) -> None:
        """Somebody deletes an object."""
        self._client().delete_object(Bucket=BUCKET, Key=key)

    def _client(self):
        return boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id="tests", aws_secret_access_key="x"
        )


_PROGRAM = """
import logging
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
print(server.server_port, flush=True)
server.serve_forever()
"""


@contextmanager
def s3_server() -> Iterator[S3Server]:
    """A started server with an empty bucket."""
    process = subprocess.Popen([sys.executable, "-c", _PROGRAM], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        server = S3Server(f"http://127.0.0.1:{int(process.stdout.readline())}", process)
        server._client().create_bucket(Bucket=BUCKET)
        yield server
    finally:
        process.kill()
        process.communicate()
