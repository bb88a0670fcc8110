"""How common the words of English news are, by their first seven letters, counted in a public-domain news corpus."""

from __future__ import annotations

__all__ = ["EVERYDAY", "FAIRLY_COMMON", "VERY_COMMON"]

# In so much of the news that they tell nothing.
EVERYDAY = frozenset(
    """
    about after against agency all also and announc another are attack attacks authori because been before being
    between bomb border both but called capital city continu could countri country during earlier early economi
    electio expecte fightin first five for forces foreign former four from governm group had has have held help her
    him his includi increas insurge interna into investi its killed killing last leader leaders least made many
    meeting members men militan militar million ministe month more most nationa near new news next not nuclear
    officia oil one operati other others out over parliam part peace people percent police politic preside program
    protest provinc rebels region release report reporte reports said say saying says securit separat several since
    soldier some souther spokesm state stateme support suspect talks terrori than that the their there they this
    three through told troops two under violenc war was weapons week were when where which while who will with world
    would wounded year years
    """.split()  # noqa: SIM905  # a list of 580 lines tells no more
)

# In about one article of seven.
VERY_COMMON = frozenset(
    """
    accused adminis agreed agreeme aid alleged among any area army around arreste attacke began believe billion bird
    bombing came campaig can candida car central charges chief childre civilia coaliti comment communi concern
    confirm conflic conside constit control court critici current day days dead deal death defense democra demonst
    detaine develop did died diploma discuss down economy efforts energy explosi facilit fire flu followi force
    found gas groups gunmen health high hit home hospita human hundred inciden include indepen industr informa
    involve just key kidnapp known largest late law left local major make man may meanwhi media meet missile months
    nations nearly negotia newspap norther now number off officer only opposit organiz outside party peaceke place
    plan plans power prices prison provide public rebel recent respons rights second service set seven she shot
    should signed six south still stop such suicide system take televis them those thousan time took top town trade
    trying used visit vote weeks well western what workers
    """.split()  # noqa: SIM905  # a list of 580 lines tells no more
)

# In about one article of twenty.
FAIRLY_COMMON = frozenset(
    """
    abuse access acciden account across action activis activit added additio address again agencie ago agricul ahead
    aimed air aircraf airline airport allegat allianc allow along already althoug ambassa analyst annual appoint
    approve areas armed arms arrest arrived asked assassi assista attempt away back ban bank base based became
    become begin better bill birds blamed blast board bodies body bomber bombs borders boycott broadca broke brought
    build buildin bus busines cabinet call calling calls camp capture carried carryin case cases cause caused
    celebra center ceremon challen change changes charge charged checkpo cities citizen civil claim claimed claims
    clear cleric close coast come comes command commiss committ compani company complet condemn conditi conduct
    confere confide connect constru consume contact contrac contrib controv convict convoy coopera corrupt counter
    crash create crime crimes crisis crossin crude cut daily damage deadly deaths debt decisio declare decline
    delegat deliver demand demands denied denies deputy describ despite destroy details detenti determi detonat
    differe direct directo disaste discove disease dispute distric documen does dollar dollars domesti dozens driver
    drug due each eastern educati effort eight elected elector electri elsewhe embassy emergen employe end ended
    enough estimat ethnic europea evacuat event evidenc exchang executi experts explode export exports express face
    faces failed failure familie family far federal fell fight fighter final financi finding fired fled food forced
    form fraud free freedom fuel full further future gathere gdp general get give given global good goods greater
    growing growth guilty half head heavy helicop higher hold holding homes hope hopes hostage hours house how
    however humanit hurrica hurt identif illegal immedia immigra importa improve indicat influen initial injured
    inspect intelli interes interim interne intervi investm islamic island issue issued issues jewish job join
    joined joint journal judge kill kilomet kurdish labor land large later latest launch launche lawmake lead
    leading leave leaving led legal legisla less life likely living long lost main majorit making market massive
    measure medical member message met militia mine ministr missing mission money monitor move movemen much muslims
    must name nation natural nearby need needed neighbo network never nine north northea northwe occurre offensi
    offered office olympic open opened opponen order ordered ousted outbrea own partici parties parts passed passeng
    past pay peacefu per perform person personn plane planned plannin plant policem policie policy poll poor populat
    positio possibl post prepare present pressur prevent previou price prime prisone private probe problem process
    produce product progres project promise proposa propose prosecu protect publish put questio quotes radio rally
    rate reach reached reactor ready receive recentl recogni record recover referen reform refugee refused regime
    regiona rejecte relatio relativ relief religio remain remains repeate represe republi request require residen
    resolve respond results return returne road roadsid rocket role round rule ruled ruling run sales same sanctio
    schedul school scienti search seats secreta sector seeking seen seized senior sent sentenc series serious
    settlem show showed sides similar site situati small soon source southea space speakin special speech spendin
    spoke stabili staff start states station step storm strain strengt strike strikes strong struck student success
    suggest summit supplie supply suspend taken taking targete tax team tension term territo terror tests then third
    threat threate ties toll total toward trainin transfe transpo travel traveli treatme trial tribal tribuna tried
    trigger trip try turned union until urged use using vehicle very vice victims victory video village violati
    violent virus visited voted voters want wanted wants warned warning water way went west whether win withdra
    within without witness woman women won work working woundin yet
    """.split()  # noqa: SIM905  # a list of 580 lines tells no more
)
