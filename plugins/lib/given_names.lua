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
]]

local family = [[
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
ivanov petrov
rossi ferrari russo bianchi silva santos oliveira souza pereira costa ferreira almeida kowalski nowak dubois laurent bernard
durand moreau
]]

local names = { given = {}, family = {} }
for _, name in ipairs(quern.text.words(given)) do names.given[name] = true end
for _, name in ipairs(quern.text.words(family)) do names.family[name] = true end
return names
