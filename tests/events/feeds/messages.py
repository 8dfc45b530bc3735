"""Small messages in the forms that the feeds use."""

import json
from typing import Any

MILLISECONDS = 1_772_344_800_000  # 2026-03-01T06:00:00Z


def usgs(*quakes: dict[str, Any]) -> bytes:
    """A summary feed. A quake is a change to a strong one near Mandalay."""
    features = []
    for changes in quakes:
        properties = {
            "mag": 7.1,
            "place": "16 km NW of Mandalay, Burma (Myanmar)",
            "time": MILLISECONDS,
            "updated": MILLISECONDS + 60_000,
            "alert": "orange",
            "status": "reviewed",
            "tsunami": 0,
            "sig": 1200,
            "ids": ",us7000abcd,pt26060000,",
            "type": "earthquake",
        } | changes
        point = {"type": "Point", "coordinates": [95.9, 22.0, 10.0]}
        name = properties.pop("id", "us7000abcd")
        features.append({"id": name, "properties": properties, "geometry": point})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


_GDACS = """\
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:gdacs="http://www.gdacs.org"
 xmlns:georss="http://www.georss.org/georss"><channel><title>GDACS</title>
 {}
</channel></rss>
"""


def gdacs(*items: dict[str, str]) -> bytes:
    """An RSS feed. An item is a change to an orange earthquake in Myanmar."""
    texts = []
    for changes in items:
        fields = {
            "gdacs:eventtype": "EQ",
            "gdacs:eventid": "1500001",
            "gdacs:episodeid": "1",
            "gdacs:alertlevel": "Orange",
            "gdacs:fromdate": "Sun, 01 Mar 2026 06:00:03 GMT",
            "gdacs:todate": "Sun, 01 Mar 2026 06:00:03 GMT",
            "pubDate": "Sun, 01 Mar 2026 06:20:00 GMT",
            "gdacs:iscurrent": "true",
            "gdacs:iso3": "MMR",
            "gdacs:country": "Myanmar",
            "gdacs:eventname": "",
            "gdacs:glide": "",
            "georss:point": "21.9 96.1",
        } | changes
        inner = "".join(f"<{tag}>{text}</{tag}>" for tag, text in fields.items())
        texts.append(f"<item>{inner}</item>")
    return _GDACS.format("".join(texts)).encode()


def nws(*alerts: dict[str, Any]) -> bytes:
    """A list of alerts. An alert is a change to a severe flood watch in Oregon."""
    features = []
    for changes in alerts:
        properties = {
            "id": "urn:oid:1",
            "event": "Flood Watch",
            "areaDesc": "North Oregon Coast; Willapa Hills",
            "status": "Actual",
            "messageType": "Alert",
            "severity": "Severe",
            "certainty": "Possible",
            "urgency": "Future",
            "sent": "2026-03-01T06:00:00-08:00",
            "effective": "2026-03-01T06:00:00-08:00",
            "onset": "2026-03-01T12:00:00-08:00",
            "expires": "2026-03-01T18:00:00-08:00",
            "ends": "2026-03-02T10:00:00-08:00",
            "geocode": {"UGC": ["ORZ001", "WAZ021"], "SAME": ["041007"]},
            "references": [],
            "parameters": {"VTEC": ["/O.NEW.KPQR.FA.A.0004.260301T2000Z-260302T1800Z/"]},
        } | changes
        features.append({"type": "Feature", "geometry": None, "properties": properties})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


_CAP = """\
<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>{identifier}</identifier><sender>warn@example.org</sender>
  <sent>{sent}</sent><status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>
  <references>{references}</references>
  <info><language>de-DE</language><category>Met</category><event>STURMBÖEN</event>
    <responseType>{response}</responseType><urgency>Immediate</urgency>
    <severity>{severity}</severity><certainty>Likely</certainty>
    <onset>2026-03-01T12:00:00+01:00</onset><expires>2026-03-01T20:00:00+01:00</expires>
    <parameter><valueName>awareness_type</valueName><value>1; Wind</value></parameter>
    <area><areaDesc>Kreis Aurich</areaDesc>
      <geocode><valueName>EMMA_ID</valueName><value>DE074</value></geocode></area>
  </info>
</alert>
"""


def cap(identifier: str, **changes: str) -> bytes:
    """One alert: a severe storm in Germany."""
    fields = {
        "sent": "2026-03-01T09:00:00+01:00",
        "status": "Actual",
        "kind": "Alert",
        "references": "",
        "response": "Prepare",
        "severity": "Severe",
    } | changes
    return _CAP.format(identifier=identifier, **fields).encode()


def index(*links: str) -> bytes:
    """An Atom index of alerts."""
    entries = "".join(
        f'<entry><link type="application/cap+xml" href="{link}"/></entry>' for link in links
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>'.encode()
