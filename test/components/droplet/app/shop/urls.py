import os

from django.conf import settings
from django.db import connection
from django.http import JsonResponse
from django.urls import path


def index(request):
    version = (settings.BASE_DIR / "version.txt").read_text().strip()
    if version == "broken":
        raise RuntimeError("broken on purpose")
    return JsonResponse(
        {
            "version": version,
            "tables": sorted(name for name in connection.introspection.table_names() if name.startswith("shop_")),
            "secure": request.is_secure(),
            "client": request.headers.get("X-Forwarded-For"),
            "workers": os.environ["WEB_CONCURRENCY"],
            "collected": (settings.STATIC_ROOT / "shop.css").exists(),
        }
    )


urlpatterns = [path("", index)]
