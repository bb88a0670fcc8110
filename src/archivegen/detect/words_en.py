"""Lists of English words that the search for names needs: what begins sentences, the calendar, titles, cues."""

from __future__ import annotations

__all__ = [
    "ABBREVIATIONS",
    "BODY_WORDS",
    "CALENDAR",
    "COMPANY_ENDS",
    "EVENT_WORDS",
    "GENERATIONS",
    "ORGANISATION_WORDS",
    "PERSON_TITLES",
    "PLAIN_STARTS",
    "PREFIXES",
    "ROLE_MODIFIERS",
    "ROLE_WORDS",
    "TITLES",
]


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that begin sentences, and no names.
PLAIN_STARTS = _set("""
    A About According Across Added After Again Against All Almost Along Already Also Although Amid Among An And
    Another Any Anybody Anyone Anything Are Around As Asked At Away Based Because Before Behind Being Below
    Between Both But By Can Could Despite Did Do Does Don't During Each Earlier Either Elsewhere Even Every
    Everybody Everyone Everything Few For Former From Further Had Has Have He Her Here His Hours How However I
    If In Instead Into Is It It's Its Just Last Later Like Many Maybe Meanwhile More Most Much My Nearly Neither
    Never Next No Nobody None Nor Not Nothing Now Nowhere Of Off Officials Often On Once One Only Or Other
    Others Our Out Over People Per Perhaps Police Rather Reports Results Said Several She Should Since So Some
    Somebody Someone Something Sometimes Still Such Than That The Their Them Then There Therefore These They
    This Those Though Three Through Thus To Today Together Tomorrow Too Two Under Unlike Until Up Upon Usually
    Very Was We Well Were What Whatever When Whenever Where Wherever Whether Which While Who Whoever Whose Why
    Will With Within Without Would Yes Yesterday Yet You Your I'm I've I'll We're We've You're He's She's That's
    There's They're
""")
CALENDAR = _set("""
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December GMT EDT EST CET UTC BST Eid Eid-ul-Fitr Eid-ul-Adha Ramadan Christmas
    Easter Thanksgiving Hanukkah Passover Diwali Nowruz Ashura Muharram Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct
    Nov Dec
""")
TITLES = _set("""
    CEO CFO COO CTO Undersecretary Assistant Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr President Prime Minister Foreign
    Secretary State Chancellor General Senator King Queen Ambassador Defence Defense Interior Finance Vice
    Chairman Chairwoman Chairperson Spokesman Spokeswoman Professor Gen. Sen. Sir Lord Lady Dame Governor Mayor
    Prof. Rep. Col. Lt. Capt. Sgt. Maj. Adm. Rev. Gov. Hon. Brig. Cmdr. Gen Col Capt Sgt Judge Justice Cardinal
    Archbishop Bishop Pope Father Sister Prince Princess Sheikh Sheik Sultan Emir Shah Emperor Empress Duke
    Duchess Count Baron Earl Captain Colonel Major Lieutenant Sergeant Admiral Marshal Brigadier Commander
    Commissioner Director Deputy Premier Congressman Congresswoman Representative Treasurer Detective Inspector
    Superintendent Constable Officer Coach Chief Ayatollah Imam Mullah Rabbi Reverend Attorney Prosecutor
    Speaker Envoy Councillor Councilman MP Hadji Haji Monsignor Agent Private Corporal Cpl. Pvt. Messrs. Messrs
    Madame Monsieur Herr Senor Lt Leader Negotiator Executive Managing
""")
ORGANISATION_WORDS = _set("""
    United Rovers Wanderers Athletic Thistle Rangers
    Airways Aircraft Motors Computer Computers Systems Software Technologies Technology Electronics
    Entertainment Pictures Records Studios Industries International Energy Oil Steel Foods Pharmaceuticals
    Insurance Capital Partners Securities Investments Trust Fund Foundation Society College School Church Museum
    Orchestra Laboratories Communications Associates Brothers Enterprises Newspaper Magazine Journal Tribune
    Herald Chronicle Gazette Observer Telegraph Broadcasting Television Radio Corporation Company Limited
    Authority Administration Office Tribunal Academy Alliance Assembly Board Centre Center Congress Conference
    Coalition Brigade Brigades Battalion Militia Guard Guards Ministry Embassy University Bank Council Party
    Committee Agency Army Navy Corp Inc Ltd Co Group Union Association Commission Court Institute Department
    Organization Organisation Police Parliament Senate Times Post News Reuters Taliban Taleban Nations NATO
    Airlines Services Intelligence Bureau Federation Front Forces League Club
""")
# What names begin with and never end in.
PREFIXES = _set(
    "San Santa Santo Sao São Los Las El Saint St St. Fort Mount Mt. Port Cape New Sri Van Von De Del La Le Abu"
)
# The end of a company's name.
COMPANY_ENDS = _set(
    "Inc Inc. Corp Corp. Ltd Ltd. Co Co. Plc PLC LLC AG SA S.A. SpA NV GmbH Bhd Bros Bros. Newsroom Bureau Holdings"
)
# Abbreviations that name no one.
ABBREVIATIONS = _set("""
    CD CDs DVD DVDs GB MB KB TB PC PCs TV USD GBP EUR HTTP URL FAQ RSS AM PM ID IDs OK DNA HIV AIDS GDP GNP IPO
    ATM SMS GPS PDF USB SIM LCD LED DRM MP3 HD ISBN SUV VAT PIN VIP UFO NGO NGOs IED IEDs Q1 Q2 Q3 Q4 H1 H2 VHF
    AP-style BC AD
""")
# What is held, and no actor: "World Cup".
EVENT_WORDS = _set("""
    Cup Open Championship Championships Games Olympics Masters Series Trophy Prix Festival Tour Marathon Derby Playoffs
    Tournament Classic Award Awards Prize War Accord Treaty Agreement Act Protocol Summit Day Revolution
""")
GENERATIONS = _set("Jr Sr II III IV")

# Titles that only people have; with the other TITLES beside them they are cut off a name ("Secretary of State").
PERSON_TITLES = _set("""
    CEO CFO COO CTO Undersecretary Chief Mr. Mrs. Ms. Dr. Mr Mrs Ms Dr President Minister Secretary Chancellor
    Senator Ambassador Chairman Chairwoman Spokesman Spokeswoman Professor Gen. Sen. Governor Mayor Prof. Rep.
    Col. Lt. Capt. Sgt. Maj. Adm. Rev. Gov. Brig. Cmdr. Archbishop Sheikh Lieutenant Premier Congressman
    Congresswoman Inspector Superintendent Ayatollah Mullah Councillor Messrs
""")
# Bodies of a state: with a country before them they are its own ("Russian Embassy").
BODY_WORDS = _set("""
    Embassy Consulate Ministry Army Navy Parliament Congress Senate Government Department Council Court Bank
    Police Federation Association Union Party Airlines Airways Agency Commission Committee Cabinet Treasury
""")
# What a person is, in lower case, beside the name: "Taliban spokesman Zabihullah Mujahid".
ROLE_WORDS = _set("""
    president minister secretary chancellor senator ambassador spokesman spokeswoman spokesperson chairman
    chairwoman chief leader commander governor mayor premier envoy adviser advisor director professor general
    colonel judge prosecutor lawyer attorney analyst economist expert coach captain manager editor author
    founder owner king queen prince princess lawmaker congressman congresswoman deputy councillor negotiator
    diplomat officer official head representative executive cleric bishop archbishop cardinal sheikh mullah
    activist journalist reporter singer actor actress candidate politician historian scientist doctor inspector
    sergeant lieutenant admiral marshal
""")
ROLE_MODIFIERS = _set("""
    former acting deputy vice prime foreign interior defence defense finance national security special chief
    senior top assistant late outgoing incoming then ex-president ministry party government state general
    opposition rebel military army police team peace central bank public relations
""")
