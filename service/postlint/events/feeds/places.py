"""From the place codes of feeds to ISO 3166.

Coordinates alone give no region: the nearest town may lie beyond a border, and a table of
borders is larger than the rest of postlint.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from postlint.events.geography import subdivisions
from postlint.regions import is_region

_ISO3 = """
ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT
AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO
BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG
COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO
DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB
GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY
HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT
JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY
LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH
MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA
NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE
PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA
SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR
SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO
TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG
VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
"""
_ALPHA2 = MappingProxyType({pair[:3]: pair[3:] for pair in _ISO3.split()})
"""ISO 3166-1 alpha-3 to alpha-2."""

_TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})
"""Places of the United States that ISO 3166-1 lists by themselves, under the same two letters."""

_OWN_LETTERS = {"EL": "GR", "UK": "GB"}
"""Two letters by which European codes name a country otherwise than ISO does."""

_EUROPEAN = re.compile(r"EMMA_ID|NUTS\d?", re.IGNORECASE)
_ISO = re.compile(r"ISO[ _-]?3166(-[12])?", re.IGNORECASE)
_UGC = re.compile(r"([A-Z]{2})[ZC]\d{3}")


def from_alpha3(code: str) -> str | None:
    """ "FJI" -> "FJ"; None for what is no country."""
    return _ALPHA2.get(code.upper())


def from_names(names: str) -> tuple[str, ...]:
    """Countries in a list such as "Bulgaria, Iraq"; what is no country's name is left out."""
    found = (_by_name().get(name.strip().casefold()) for name in names.split(","))
    return tuple(code for code in found if code is not None)


def from_ugc(codes: Iterable[str]) -> tuple[str, ...]:
    """States and territories of NWS zones such as "ORZ001"; zones at sea have none."""
    found: dict[str, None] = {}
    for code in codes:
        match = _UGC.fullmatch(code)
        letters = match.group(1) if match else ""
        if letters in _TERRITORIES:
            found[letters] = None
        elif f"US-{letters}" in subdivisions():
            found[f"US-{letters}"] = None
    return tuple(found)


def from_geocode(scheme: str, value: str) -> tuple[str, ...]:
    """Region of a geocode of a CAP message, for the schemes that name one by themselves."""
    if scheme.upper() == "UGC":
        return from_ugc([value])
    code = value.strip().upper()
    if _EUROPEAN.fullmatch(scheme):
        code = _OWN_LETTERS.get(code[:2], code[:2])
    elif not _ISO.fullmatch(scheme):
        return ()
    return (code,) if is_region(code) else ()


@cache
def _by_name() -> Mapping[str, str]:
    """Country codes by their English names (source: iso3166.tab of the tz database)."""
    table = files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return MappingProxyType({name.casefold(): code for code, name in lines})
