"""Words by which the names of employers, jobs and people are told from other words (all in lower case)."""

from __future__ import annotations

import re


def not_owning(name: str) -> str:
    """A name without the ending of what it owns: ``Priya's`` is ``Priya``."""
    return re.sub(r"[’']s$", "", name)


EMPLOYERS = frozenset(  # what an employer's name ends with
    """
    academy accountants advisory aerospace agency airline airlines airways ambulance analytics aquarium architects
    archives associates association auctions automotive bakeries bakery bank biologics brewery buses camp capital
    care carriers catering centre chambers charity children's clinic cloud co coaches coffee college community
    constabulary construction consulting corporation council couriers court dairies dairy data daughters dental
    department diagnostics diner distillery electrical electronics energy engineering estates fabrications ferries
    finance finch foods force foundation foundry freight freightways games garage genomics gmbh grid group haulage
    health healthcare homes hospice hospital hospitals hotel hotels house housing inc industries institute insurance
    interiors international joinery kitchens laboratories labs laundry library limited locksmiths lodge logistics
    ltd machining manufacturing marine maritime mechanical media mining ministry mobility motors museum mutual
    network nurseries nursery optical outdoor partners payments pharma pharmacies pharmacy plastics plumbing police
    primary properties publishing pumps rail railways records recruitment rescue residential resort resorts
    restaurant retail roasters robotics roofing school schools seafood security semiconductor services shipping
    society software solar solicitors solutions sons spa steel stores studio studios supermarkets surgery surveyors
    systems technologies technology telecom textiles theatre therapeutics timber tours transit transport travel
    trust tyres union university utilities ventures veterinary vets water winery zoo
    """.split()
)

JOBS = frozenset(  # what a job's name ends with
    """
    accountant actuary adjuster administrator adviser advisor ae agent anaesthetist analyst apprentice archaeologist
    architect archivist artist assessor assistant associate attendant auditor bagger baker barber barista barman
    bartender beautician beekeeper bookkeeper bookseller brewer bricklayer butcher buyer captain caregiver carer
    caretaker carpenter cashier chambermaid cheesemaker chef cleaner clerk coach conservator consultant controller
    cook coordinator copywriter counsellor counselor courier curator dentist designer developer director dispatcher
    dispenser dj doctor doorman dresser driver ecologist economist editor electrician engineer estimator executive
    firefighter fishmonger fitter florist forester gamekeeper gardener geologist greenkeeper groomer groundsman
    groundworker guard guide hairdresser handler herdsperson horticulturist hygienist instructor interpreter
    investigator janitor joiner journalist keeper labourer lawyer lecturer librarian lifeguard locksmith machinist
    maid maker manager marketer marshal mason matron mechanic merchandiser messenger midwife milker miner mover
    nanny negotiator nurse operative operator optician optometrist organiser painter paralegal paramedic paraplanner
    pcso pharmacist photographer physicist physiotherapist picker pilot planner plasterer plumber pm porter postdoc
    practitioner preparer producer programmer psychologist radiographer ranger receptionist recruiter rector referee
    registrar reporter researcher rigger roaster roofer sailor salesperson scaffolder scientist secretary server
    signaller solicitor sommelier specialist sre stagehand statistician steward stylist superintendent supervisor
    surgeon surveyor tailor teacher technician technologist teller tester therapist toolmaker trader trainee trainer
    translator treasurer tutor typist undertaker underwriter upholsterer usher vet vicar waiter waitress warden
    welder worker writer
    """.split()
)
LEADS = frozenset(("lead", "leader", "officer", "head", "partner", "representative", "hand", "mate"))  # never alone

JOB_WORDS = frozenset(  # what may stand before those
    """
    360 access account accounts activities actuarial admin admissions ai aircraft ambulance android animal
    application applications applied architectural archive area art asset assistant associate audit automation
    back-end backend band bank banking banquet bar bay beauty bereavement beverage binding biomedical board book box
    branch brand building bus business butcher cabin cad cafe call camp car cardiac care career case catalogue
    category catering cath cctv ceramics change charge charity chemical chief child children's civil civilian claims
    class clinic clinical cloud cnc coach coded collections commercial community complaints compliance computer
    construction consultant content contract control conveyancing cover crane credit crew crime crisis customer
    cyber data database day delivery dental deputy design desk development devops digital director dispensing
    district dock dog door drama duty early echo education electrical elevator embedded emergency energy engagement
    english enrolled enterprise environmental equipment equity estate event events examinations exams executive
    exhibition experience facilities family farm field finance financial fire firmware first fisheries fitness fleet
    floor food forklift foundation fraud freight front front-end frontend full-stack fullstack fund fundraising
    funeral gallery game games gas general goods graduate grants graphic grocery ground group growth harbour
    hardware harvester head health healthcare heating heavy helpdesk helpline heritage hgv history home hospital
    hotel house housekeeping housing hr human hvac icu ii immigration import incident infant infrastructure
    inpatient inspection insurance intensive interior intermediate internal investment ios it java junior kitchen
    lab laboratory land landscape language laundry lead learning legal lettings level liaison library lift line loan
    loans logistics machine machinery mail maintenance major managing manufacturing marine marketing master
    materials maternity maths mechanical media medical member mental mid mid-level mine ml mobile mortgage museum
    music neonatal network newly night nights nuclear nursery occupational office on-call oncology online onsite
    operating operations optical orthopaedic outreach packaging paediatric parcel parking part-time parts pastry
    patient payment payments payroll pension pensions performance personal pest pet phd planning plant platform
    podcast policy port post post-room postdoctoral powertrain practice press primary principal private probationary
    process procurement product production program programme project projects property protection psychiatric public
    publicity pupil python qa qualified quality quantity quantum radio rail ramp reach receiving records recovery
    recruitment refuse regional registered registration regulatory reinforcement relations release reliability
    relief religious remote renewals rental repair research reservations resident residential resource restaurant
    retail revenue risk road robotics rope routes running safety sales scheduling school science screen security
    senior service services sewing sheep shift ship shop showroom signals site skilled social software solar
    solutions sous space special specialist sports spray sr staff stage station stock store stores strategy
    structural student studio submarine supply support surgical sustainability swim switchboard systems talent tax
    teaching team tech technical technology telesales test test-bed theatre ticket tier toddler tool tour tower
    track traffic train trainee training transport travel treasury tree trial trucks turbine ultrasound user ux
    vaccine van vehicle veterinary video visitor volunteer waiting ward warehouse waste water web welfare wholetime
    wildlife wind window wine woodland workshop year youth
    """.split()
)

FILLERS = frozenset(
    "alright anyway bon debrief er erm first hello hi listo now ok okay right so tak then uh um well yeah yes".split()
)

COMMON = frozenset(  # words of which no name is made when they stand where one could
    """
    a about after afternoon again agency airport all also am an and another any are around as assessment at back be
    been before being big both but by call came can chair chat come conversation day days debrief done down each
    eight eleven evening every feedback few final finally finished first five for four from get getting good got
    group had half has have he her here him himself his home hour hours how hr i if in initial interview interviewer
    interviews into is it its itself job just last later let like little long look lot lunch man management me
    meeting minute minutes month more morning most my near new next night nine no nobody none nor not note number of
    off okay old on one only onsite open or other our out outside over own panel part people person phone place
    portfolio position post presentation question questions quick recruiter remote right role round said same scored
    screen second session seven she shift six slightly small so some somebody someone something sort stage start
    still system talk team teams technical telephone ten test testing than that the their them then there these they
    thing third this those thought three through time to today told tomorrow tour trial twenty two until up us usual
    vacancy very video was way we week were what when where which who whole with woman work would year yesterday yet
    you young your zoom
    """.split()
)

PLACES = frozenset(  # a place alone names no employer
    """
    aberdeen adelaide africa amsterdam athens atlanta auckland austin australia austria bangalore barcelona bath
    belfast belgium bergen berlin birmingham boston bradford brazil brighton brisbane bristol brussels budapest
    cairo calgary cambridge canada cardiff chicago china cologne copenhagen cork coventry croydon dallas delhi
    denmark denver derby detroit doha dortmund dubai dublin dundee durham edinburgh egypt england essex europe
    exeter farringdon finland florence france frankfurt galway geneva germany ghana glasgow gothenburg greece
    hamburg helsinki houston hull hungary india ireland istanbul italy japan johannesburg kent kenya lagos leeds
    leicester limerick lisbon liverpool london lyon madrid manchester manila melbourne mexico miami milan montreal
    moscow mumbai munich nairobi naples netherlands newcastle nigeria norway norwich nottingham oslo ottawa oxford
    paris perth philadelphia phoenix plymouth poland porto portsmouth portugal prague pune reading rome rotterdam
    salford scotland seattle sheffield singapore slough southampton spain stockholm sunderland swansea sweden
    swindon switzerland sydney tokyo toronto torquay toulouse turkey valencia vancouver vienna wales warsaw
    wellington wembley yaba york zurich
    """.split()
)

DATES = frozenset(
    """
    april august christmas december easter february friday january july june march monday november october saturday
    september sunday thursday tuesday wednesday
    """.split()
)

TITLES = frozenset(
    "mr mrs ms miss mister dr doctor prof professor madame madam sir frau herr father sister señor señora lord".split()
)

FIRST_NAMES = frozenset(  # some of the commonest, for speech whose transcript has no capitals
    """
    aaron abdul abigail adaeze adam adrian agnes ahmed aisha alan alejandra alejandro alex alexander alexandra alfie
    ali alice alison amanda amara amelia amina amir amy ana andre andrea andreas andrew andy angela anita anna anne
    annie anthony antonio anya arjun arthur asha ashley barbara beatrice ben benjamin bernadette bernard beth
    bettina bill bob brenda brian bridget bruce bryn callum cameron carl carla carlos carol caroline catherine
    charles charlie charlotte chiara chloe chris christian christina christine christopher claire clara claudia
    clive cody colin connor conor craig dale dana daniel danielle danny dave david dawn dean deborah declan dennis
    derek desmond devesh diana diego dimitri dirk dominic donald donna dorothy duncan ed eddie edward eileen elaine
    eleanor elena elizabeth ella ellen emily emma eric erik esther ethan eva evan evelyn fatima felix fiona florence
    frances francesca francis frank fraser fred frederik gareth gary gavin gemma geoff george gerald gerard ginny
    giulia gloria gordon grace graham greg greta gwen hamid hannah hans harriet harry hassan heather heidi helen
    helena henrik henrike henry hiroshi holly hugh hugo ian ibrahim imran ines ingrid irene isaac isabel ivan jack
    jackie jacob jade jake james jamie jan jane janet janice jasmine jason javier jean jeff jennifer jenny jeremy
    jerry jess jessica jim jo joan joanna joanne joe joel johan john jon jonas jonathan jorge joseph josh juan
    judith judy julia julian julie june karen karim karl kate katherine kathleen kathy katie kavita keith kelly ken
    kenneth kevin kim kofi kumar kwame lars laura lauren laurent lawrence layla lee leila lena leo leon leonard
    lewis liam linda lisa liz lorna lorraine louis louise lucas lucy luis luke lydia lynn maggie malcolm mandy marco
    marcus margaret margit maria marie marina mario marion mark marta martha martin marty mary mateo matt matthew
    maureen max may maya megan mehmet melissa michael michelle miguel mike miles miriam mohamed mohammed moira molly
    monica morag morgan nadia naomi natalie natasha nathan neil niamh nick nicola nicole nigel nina nkechi noah noor
    nora norman olga oliver olivia omar oscar owen pablo pam pat patricia patrick paul paula pauline pedro penny
    pete peter petra phil philip philippa pierre piotr polly priya rachel rahul raj ralph ravi ray raymond rebecca
    reza rhys richard rick rita rob robert robin roger roisin ron rosa rosie roy rupert russell ruth ryan saira
    sally sam samantha samir samuel sandra sara sarah sean sebastian sharon sheila shirley shona sian simon simone
    siobhan sofia sonia sophie stefan stella stephanie stephen steve steven stuart sue sunita susan suzanne sven
    tamara tanya tara ted teresa terry theo theresa thomas tim tina tobias tom tony tracey trevor tyler valerie
    vanessa veronica victor victoria vikram vincent vivian walter wanda wayne wendy will william yasmin yolanda yuki
    yusuf zainab zoe
    """.split()
)
