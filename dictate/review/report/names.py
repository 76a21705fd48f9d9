"""Words by which names are told from other words: given names, what stands beside names, and what is none.

Lists of common knowledge, written for this; they are meant to find too much rather than too little.
"""

from __future__ import annotations

GIVEN = frozenset(
    """
    aaron abdul abdullah abigail ada adam adaeze adama
    adebayo adel adele aditi adrian agnes agnieszka ahmed aidan aileen aisha aisling aki akira alan alasdair
    alastair albert alberto alejandro aleksander alessandro alex alexander alexandra alexei alfie alfred ali alice
    alicia alison alistair allan allison alma amal amanda amara amelia amina amir amit amy ana anastasia anders
    andre andrea andreas andrew andy angela angus anil anita anjali ann anna anne annette annie anthony antoine
    anton antonia antonio anya aoife arash archie ariana arjun arlo arnold arthur arun asha ashley astrid audrey
    aurora ava ayesha ayo barbara barry bartosz basil beatrice becky ben benedict benjamin bernadette bernard beth
    bethan betty beverley bianca bilal blessing bogdan boris brandon brendan brenda brian bridget bronwen bruce
    bruno bryan bryony caitlin callum calum camilla carl carla carlos carmen carol carole caroline carolyn carys
    cassandra catherine cath cathy cecilia cedric celia celine chandra chantal charles charlie charlotte chen cheryl
    chiara chidi chinedu chioma chloe chris christian christina christine christopher ciara claire clara clare
    clarissa claudia clement clive colette colin colleen conor constance cormac courtney craig cristina curtis
    cynthia cyril dafydd daisuke damian damien dan daniel daniela danielle danny darius darren daryl dave david
    deborah debbie declan deepa deepak delroy denis denise dennis derek derrick desmond dev devon diana diane dieter
    dilip dimitri dina dinesh dmitri dominic donald donna doreen doris dorothy doug douglas duncan dylan eamon eddie
    edith edmund eduardo edward edwin efua egor eileen ekaterina elaine eleanor elena elias elif elijah eliza
    elizabeth ella ellen ellie elliot elliott elsie emeka emil emilia emily emma emmanuel enrique eoin eric erica
    erik erin ernest esme esther ethan eugene eva evan eve evelyn ewan fabian fadi farah farid fatima fatou fay faye
    federico felicity felix femi fergus fernando filip fiona florence folake folasade fran frances francesca
    francesco francis francisco frank fraser fred freddie frederick freya gabriel gabriela gareth gary gavin gemma
    geoff geoffrey george georgia georgina gerald gerard giles gillian gina giorgio giovanni giulia gladys glen
    glenn glenys gloria gordon graham greg gregor gregory greta gruffydd guillaume gupta gus gustav gwen gwyneth
    habib hakim hamid hamish hamza hannah hans harold harriet harry harsha haruki harvey hassan hattie hazel heather
    hector helen helena helga henrietta henrik henry herbert hilary hiroshi hugh hugo humphrey hussein hyun iain ian
    ibrahim ida idris ifeoma ignacio igor ike imani imogen imran ines ingrid irena irene irina iris isaac isabel
    isabella isabelle isla ismail ivan ivor ivy izzy jack jackie jacob jacqueline jacques jade jagdeep jake jakub
    jamal james jamie jan jana jane janet janice jared jasmine jason jasper javier jayne jean jeanette jeff jeffrey
    jemima jen jenna jennifer jenny jeremy jerome jerry jess jesse jessica jesus jill jim jimmy jin joan joanna
    joanne joao jocelyn jodie joe joel johan johanna johannes john johnny jon jonas jonathan jorge jose josef joseph
    josephine josh joshua joyce juan juanita judith judy julia julian julie juliet jun june jurgen justin justine
    kai kamal kamila karen karim karl karolina kasia kate katarzyna katherine kathleen kathryn kathy katie katrina
    katya kavita kay kayleigh kazuo keiko keith kelechi kelly kelvin ken kenji kenneth kerry kevin khadija khalid
    kieran kiran kirsten kirsty klaus kofi krishna krzysztof kumar kwame kyle lakshmi lamar lara larry laura lauren
    laurence lawrence leah leanne lee leila lena leo leon leonard leonie leroy leslie lewis liam lilian lillian
    linda lindsay lionel lisa liz lizzie lloyd logan lola lorenzo lorna lorraine louis louisa louise luca lucas
    lucia lucy luigi luis luke lydia lynn lynne mabel maciej maeve magda magdalena maggie mahmoud mairead malcolm
    malik manuel marc marcel marcin marco marcus margaret margot maria mariam marian marie marina mario marion
    marisa marjorie marlon marta martha martin martina marvin mary maryam mateusz mathew matilda matt matteo matthew
    maureen maurice mavis max maxine maya megan mehmet mei melanie melissa mercy mhairi michael michaela michal
    michelle miguel mihai mike mikhail mila milan mildred milo min mina miranda miriam mo mohamed mohammad mohammed
    moira molly mona monica monika morag moses muhammad mumtaz muriel myles myra nadia nadine nancy naomi narges
    natalia natalie natasha nathan nathaniel neil nell nia niall niamh nicholas nick nicola nicolas nicole nigel
    nikhil nikita nikolai nina nisha nkechi noah noel noor nora noreen norma norman nuala obi odette ola olga olive
    oliver olivia oluwaseun omar oscar osman otis otto owen oyin pablo paddy padraig pam pamela paolo parisa pascal
    pat patricia patrice patrick paul paula pauline pavel pawel pedro peggy penelope penny perry pete peter petra
    phil philip philippa phillip phoebe phyllis pierre piotr polly pooja prakash pranav precious priscilla priya
    qasim quentin rachel rafael rafal raheem rahul raj rajesh ralph ramesh ramona randall rania rashid raul ravi ray
    rayan raymond rebecca reece reggie reginald renee reza rhiannon rhona rhys ricardo richard rick ricky rina rita
    roberta robert roberto robin rochelle roderick rodney rodrigo roger rohan roisin roland roman ron ronald ronan
    rory rosa rosalind rosanna rosemary rosie ross rowan roxanne roy ruby rupert russell ruth ryan sabina sabrina
    sadia sadie saira salim sally salma sam samantha samir samira samuel sandeep sandra sandy sanjay santiago sara
    sarah sasha saskia scott sean sebastian selina serena sergei sergio seun shabnam shahid shane shannon sharon
    shaun shauna sheila shelley sherry shirin shirley shreya sian sibusiso sidney siegfried silvia simon simone sina
    sinead siobhan sofia sonia sonya sophia sophie stacey stan stanley stefan stella stephanie stephen steve steven
    stewart stuart sue sukhdeep sunil suresh surinder susan susannah susie suzanne svetlana sybil sylvia tadeusz
    tahir takeshi tamara tamsin tania tanya tara tariq tasha tatiana ted temi terence teresa terri terry tess tessa
    thabo thandi thelma theo theodore theresa thomas tia tiago tiffany tim timothy tina tobias toby todd tom tomas
    tomasz tommy toni tony tracey tracy trevor tricia trish tristan tunde tyler tyrone uche ulrich umar una ursula
    usha usman val valentina valerie vanessa vera veronica vicky victor victoria vijay vikram vince vincent viola
    violet virginia vivian vivien vladimir wanda wayne wendy wilfred wilhelm william wojciech xavier xiao yasmin
    yasmine yolanda yousef youssef yuki yuri yusuf yvonne zac zachary zainab zara zeinab zoe zofia zuzanna
    """.split()
)

# Names that are also words: in small letters they are names only beside what stands beside names.
AMBIGUOUS = frozenset(
    """
    amber angel april art august autumn bea bill blue bob brook chance charity chase chuck clay cliff crystal daisy
    dale dawn dean destiny don drew earl eve faith fern flora frank gene ginger glen grace grant guy harmony heath
    holly hope hunter ivy jack jade jasmine jay jean jersey jesus josh joy june kit lance laurel lee lily mac major
    mark mary may melody miles min mo nick noel norm olive opal pat pearl penny pet pierce poppy precious prudence
    ray reed rich rob robin rod rose rosemary ross ruby rusty sandy scarlett skip sky sonny stew stone storm sue
    sunny ted terry tray trinity trip val van victor viola violet wade warren wat west will willow win woody angus
    ash chip ford gray heather hazel iris jordan kay sterling summer
    """.split()
)

SAID = (
    "said says say asked asks ask told tells wanted wants explained explains mentioned nodded smiled laughed "
    "frowned wrote  started began opened kept went came jumped leaned leant stepped pushed pressed dug poked looked "
    "sighed liked seemed thought reckoned  promised rang calls called emailed introduced interviewed took had was "
    "is did got gave put did runs ran leads led  joined pointed stopped interrupted"
).split()
BEFORE = (
    "with and from named called meet met to by mr mrs ms miss dr prof professor sir thanks thank tell told ask asked"
).split()
TITLES = frozenset("mr mrs ms miss dr prof professor sir dame lord lady sister father reverend captain".split())

COMPANY_ENDS = frozenset(
    """
    ltd limited plc llp llc inc corp corporation company co gmbh ag sa bv ab oy group holdings partners partnership
    associates brothers sons industries enterprises solutions systems services technologies technology software labs
    laboratories logistics foods bakery bakeries brewery hospital hospitals trust clinic surgery practice pharmacy
    pharmaceuticals university college school academy council borough bank insurance consulting consultants agency
    studio studios media press publishing energy power water motors airways airlines railways rail freight shipping
    hotels hotel resorts restaurant restaurants cafe stores supermarkets retail farm farms nurseries nursery dairy
    mills mill works engineering construction builders homes housing estates architects institute foundation charity
    society union hospice museum gallery theatre library
    """.split()
)

# Written large, and no name that tells on anybody.
KNOWN = frozenset(
    """
    i i'm i've i'll i'd ok okay monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december christmas easter english french german spanish
    italian portuguese polish russian chinese mandarin cantonese japanese korean arabic hindi urdu punjabi bengali
    turkish dutch welsh irish scottish gaelic british american european indian african asian latin greek hebrew
    swedish norwegian danish finnish ukrainian romanian persian python java javascript typescript rust ruby scala
    kotlin swift sql excel word powerpoint outlook access kafka spark airflow kubernetes docker terraform linux
    windows unix android postgres postgresql mysql mongodb redis hadoop snowflake tableau power django flask react
    angular vue node git github gitlab jenkins jira confluence figma photoshop illustrator indesign autocad
    solidworks matlab salesforce sap oracle aws azure gcp html css json xml api bluetooth wifi wi-fi zoom teams
    skype whatsapp powershell star gdpr haccp ielts nvq gcse btec cv hr it ceo cto cfo coo md pa pr qa ux ui seo crm
    erp kpi kpis okr okrs roi sla slas tv usb pdf gp phd mba bsc msc ba ma gdp vat ppe cad cnc plc dbs nhs a&e icu
    """.split()
)

# Begin names of places and of much else: alone they are no company's name.
GENERAL = frozenset(
    """
    the a an of and for in on at north south east west northern southern eastern western royal saint st city county
    national international global united first new old great green red blue black white general central upper lower
    grand golden silver big little high best bright clear open free smart true next one two three four five good
    data cloud digital health care home house food water power energy fast direct local modern river hill park lake
    bridge cross street road lane square church castle market town field woods wood forest sea ocean sun moon star
    """.split()
)
