-- Given names and family names in Latin letters, lower case: evidence that two
-- capitalised words are a person.  Data for names.lua.
-- Source: US Social Security Administration, most popular given names by
-- decade, 1950s-2010s (public domain), with frequent Chinese, Japanese, Indian
-- and European names of the behindthename.com popularity pages; family names:
-- US Census Bureau, Frequently Occurring Surnames 2010 (public domain).

local given = [[
aaron abby abigail adam adrian agnes ahmed aidan aisha akira alan albert alec alejandro alessandro alex alexa alexander
alexandra alexis
alfred ali alice alicia alina alison allen allison alyssa amanda amber amir amit amy ana anastasia andrea andreas andrei
andrew andy angel
angela anil anita anjali ann anna anne annie anthony antoine anton antonio april ari ariel arjun arnaud arthur arun ashish
ashley ashok asim
audrey austin ava avery barbara barry beatrice ben benjamin benoit bernard beth bethany betty beverly bill billy bjarne bjorn
blake bob bobby
bonnie boris brad bradley brandon brenda brendan brent brett brian bridget brittany brooke bruce bruno bryan caleb cameron
camille carl carla
carlos carmen carol carolina caroline carolyn carrie catherine cathy cecilia chad chandra charles charlie charlotte chelsea
cheng cheryl chloe
chris christian christina christine christoph christophe christopher cindy claire clara claude claudia clement cody colin
connie connor corey
courtney craig cristina crystal curtis cynthia daisuke dale dan dana daniel daniela daniele danielle danny daria darren dave
david dawn dean
deborah debra deepak denis denise dennis derek derrick diana diane diego dima dimitri dmitri dmitry dominic dominik don donald
donna doris
dorothy doug douglas duncan dustin dylan edgar eduardo edward edwin eileen elaine elena eli elias elisa elise elizabeth ella
ellen emily emma
emmanuel enrique eric erica erik erika erin esther ethan eugene eva evan evelyn fabian fabio faith fei felix fernando fiona
florian frances
francesca francesco francis francisco francois frank franklin fred frederic frederick gabriel gabriela gabrielle gail gary
gavin geoff
geoffrey george gerald gerard gilbert gina giovanni giulia glen glenn gloria gordon grace graham grant greg gregory guido
guillaume gustavo
hank hannah hans hao harold harriet harry harsh hassan heather hector heidi helen helena henri henrik henry hiroshi holly
howard hugh hugo
hye ian ibrahim igor ilya ingrid irene iris isaac isabel isabella ivan jack jackie jackson jacob jacqueline jae jake james
jamie jan jane
janet janice jared jason jasmine javier jay jean jeff jeffrey jen jenna jennifer jenny jeremy jerome jerry jesse jessica
jessie jesus jia
jill jim jimmy jin joan joanna joe joel johan johannes john johnny jon jonas jonathan jordan jorge jose josef joseph josh
joshua joy joyce
juan judith judy julia julian juliana julie julien julio jun june jung jürgen justin kai karen karim karin karl karthik kate
katherine
kathleen kathryn kathy katie kay kayla keith kelly ken kendra kenji kenneth kenta kevin kim kimberly kiran kirk klaus kofi
kris krishna kristen
kristin kristina kumar kurt kyle lakshmi lars laura lauren laurence laurent lawrence lea leah lee lei lena leo leon leonard
leonardo leslie
li liam lily lin linda lindsay lindsey ling linus lisa liu liz logan lorenzo lori louis louise luc luca lucas lucia lucy luis
luke lydia
lynn mackenzie madison maggie magnus mahesh manuel marc marcel marco marcos marcus margaret maria mariana marie marilyn marina
mario marion
mark marlene marta martha martin martina mary masato mason mateo mathieu matt matteo matthew matthias maurice max maxim maya
megan mei melanie
melissa michael michal michel michele michelle miguel mikael mike mikhail mila milan min ming minh miriam mitchell mohamed
mohammad mohammed
molly monica morgan muhammad nadia nancy naomi natalia natalie natasha nathan nathaniel neha neil nicholas nick nicola nicolas
nicole nikhil
niklas nikita nina noah noel nora norman oleg oliver olivia olivier omar oscar otto owen pablo paige pam pamela paolo pascal
patricia patrick
paul paula pedro peggy peter petra phil philip philipp philippe phillip phoebe pierre piotr pooja prakash pranav prasad priya
qiang quentin
rachel rafael raghav rahul raj rajesh rakesh ralph ramesh ramon randall randy raphael raul ravi ray raymond rebecca regina
rene renee ricardo
richard rick rita rob robert roberto robin rodrigo roger rohan rohit roland roman ron ronald rosa rose ross roy ruben russell
ruth ryan sabrina
sachin sally sam samantha samuel sandra sandy sanjay santiago sara sarah saurabh scott sean sebastian sergei sergey sergio
seth shane shannon
sharon shaun shawn sheila shelby shinji shirley shreya simon simone sofia sonia sophia sophie soumith stacy stanley stefan
stefano stella
stephan stephane stephanie stephen steve steven stewart stuart sue sunil suresh susan suzanne sven sydney sylvia takashi
takeshi tamara tanya
tara tatiana taylor ted teresa terry thomas tiffany tim timothy tina tobias todd tom tomas tommy tony tracy travis trevor
tristan troy tyler
valentina valerie vanessa veronica vicky victor victoria viktor vijay vikram vincent violet virginia vishal vivek vivian
vladimir walter wanda
wayne wei wendy werner wesley will william winston xavier xiao xin yan yang yann yi ying yoko yolanda yoshua yuki yuri yusuf
yves yvonne zach
zachary zoe zoltan
aaliyah abdul abdullah abena abigael adama adebayo adela adele adeola adrien agata agnieszka aiko ailsa aino akiko akua
  aleksandra aleksander
alessia alexandre alfonso alicja alina alistair alma alvaro amadou amara amina aminata anaïs anders andrés angus anika
  anja anouk antje ansel anton
anwen aoife arata arturo asa asami asha astrid asuka atsushi augusto ayaka ayumi ayşe bartosz basil bashir beata benedikt
  bengt bente birgit birgitta
bjørn björn bogdan boubacar bram brigitte brigid burak can carmela catalina cécile cem chiara chidi chika chinedu chioma
  chisato ciara clemens conor
constance cosmin cristian cristóbal dagmar damian damien danila danilo dariusz davide delphine dieter dina dirk dmytro
  dorota eamon ebba ebru ece
efua einar ekaterina eleanor eleni elif eliza elke els elsa emeka emil emilia emilio emre enzo erin esteban etienne eunji
  eva-maria ewa ezra fadi
farah farid farida fatima fatou federico felicity femke ferran fiifi finn fionn fleur florence floris folake franziska
  fumiko gaspard gareth
genevieve georg georgia gerda gilles giles giorgio goran greta grzegorz gunnar gwen gwyneth hana hanako hanne haruka haruki
  haruto hassan hedda
hideo hilda hiroko hiroki hitomi huda ifeoma ifeanyi ignacio ilse imani imran inés ines inga ingeborg inge isabelle isidora
  ismail itziar ivana ivo
jaap jacek jakub jana janek jaroslav jasper javad jelena jens jeroen jette joaquín joana joanna jochen joost josé josefina
  jules julius jurgen jussi
kaan kacper kaito kamal kamila kaori karolina kasper katarina katarzyna katja katrin kazuki kazuo keiko keith kemal kenji
  kenta kerstin khadija khalid
kiran klaus koen kofi kojo krzysztof kristina kwabena kwame kyoko lachlan laila lamine lars lasse lea leander leila leif
  lena leonie leopold leticia
liam lidia lieke lindiwe linh lior ljubica lorenzo lorna lotte lucie luisa lukas lukasz maarten maciej mads magda magdalena
  magnus mahmoud maite makoto
malik malin małgorzata mamadou manon manuela marek margot marguerite mariam mariana mariko marit marius marko marlene marta
  marten martina masako mateo
mateusz mathilde matilda matthijs matteo mattias maud maximilian mayumi mehmet mei meike mercedes merete mette michal
  michał midori mieke miguel mika
mikael mikkel mila milan milena milica minh miriam miroslav mirela mitsuko moira moritz moussa mustafa nadia nadine nao
  naoki naomi natsuki nazanin neha
nele nestor nia niamh nils nina nkechi noémie noor nora norbert nour nuno nuria oksana olaf ole oleksandr oliwia olu
  oluwaseun olumide omar onur orla
ottilie özlem pablo paola parisa pascal paulina pavel paweł pelle per pernille philippa piet pilar praveen quynh rafał
  ragnhild raquel rasmus rei
reiko ren rhys riccardo riku rikke ritsuko robbert roisin rokas rory rosalind rowan rui rune sakura salma samir sana sander
  sanne saoirse satoshi saskia
selin sena serena shahid shigeru shiori shizuka shota siddharth sigrid signe silke silvia simona sinan siobhan siv sofie
  solveig sonja soren søren
stanislav stefania stig svetlana szymon tadashi taiwo takumi tamar tarek tariq tatsuya tendai teodora thandiwe theodor thijs
  thu tobi tomáš tomasz
tomoko torsten toshi tove tuan tunde turid ulrich ulrike ursula uwe valentin valeria vasco vasily vera vigdis vikram viola
  vit vusi waleed wanjiru
wiebke wioletta wojciech xavi ximena yael yaw yasmin yoko yosef yoshiko youssef yuko yuna yusuke yuto yvette zainab zara
  zbigniew zeynep zofia zsófia
]]

local family = [[
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý
smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas
taylor moore jackson
martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott torres nguyen
hill flores
green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker cruz edwards
collins reyes
stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed kelly howard ramos kim cox ward
richardson watson
brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez
wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang feng deng cao peng
zeng xiao tian dong
pan yuan cai jiang ye wei yu du cheng ding ren fan shi fang shen yao tan lu jin tanaka suzuki sato watanabe ito yamamoto
nakamura kobayashi
singh kumar sharma gupta shah reddy rao khan müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann
ivanov petrov tran pham phan hoang huynh dang bui ngo duong vu vo yamashita yoshida yamada sasaki matsumoto inoue kimura
  hayashi shimizu saito mori abe
ikeda hashimoto ishikawa ogawa okada hasegawa fujita goto murakami kondo ishii endo aoki sakamoto fukuda ota nishimura fujii
  miura okamoto nakajima
okafor adeyemi okonkwo balogun mensah owusu boateng asante osei diallo traore keita ndiaye diop mbeki khumalo dlamini nkosi
  ndlovu moyo mwangi otieno
kamau wanjiku haddad khalil mansour nasser hussein aziz rahman chowdhury hossain ahmed ali malik iqbal qureshi yilmaz kaya
  demir çelik şahin öztürk
novák novotná novotný svoboda dvořák nowicki wiśniewski wójcik kowalczyk kamiński lewandowski zieliński szymański
  popescu ionescu popa horvat kovač
kovačević jovanović petrović nikolić marković nagy kovács szabó horváth tóth papadopoulos georgiou andersen hansen
  larsen olsen pedersen nilsen
johansen kristiansen berg haugen halvorsen lindqvist lindberg lindgren johansson andersson karlsson nilsson eriksson persson
  svensson gustafsson
korhonen virtanen mäkinen nieminen jansen devries bakker visser smit meijer bos mulder hendriks vandenberg janssens peeters
  maes dupont durand lefebvre
leroy girard fournier mercier blanc guerin rousseau conti esposito romano colombo ricci marino greco bruno gallo villalobos
  navarro domínguez vázquez
ferreira carvalho teixeira mendes nunes ribeiro barros hoang
rossi ferrari russo bianchi silva santos oliveira souza pereira costa ferreira almeida kowalski nowak dubois laurent bernard
durand moreau
]]

-- Given names that are English words as well: a word behind them must not be one.
local ambiguous = [[
will grace mark grant may april june rose hope faith joy dawn art bill max frank guy jack ray sue pat penny violet iris ruby
  jade amber crystal
virginia sydney austin jordan chad summer can ren rune per els angel paris drew dale glen heather holly ivy jean jay lance
  miles norm page
rich rob rusty sandy sky van victor wade chase cliff clay carol bob basil rowan robin dean dan melody harmony olive opal pearl
]]

local set = quern.text.set

return { ambiguous = set(ambiguous), given = set(given), family = set(family), text = given .. family }
