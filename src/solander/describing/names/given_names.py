"""Given names that are common where pages are written: what tells "Bettina Kugler" from "Health News" or "Bad Homburg".

The list proves a person, and its silence proves nothing: a name that is not in it may be anybody's. Words that are as
well common words of a language, a town's or a firm's ("Paris", "Will", "Mercedes") are left out.
"""

from __future__ import annotations

import unicodedata

from solander.describing.names.more_given_names import MORE_GIVEN
from solander.describing.word_list import words_of

_GIVEN = words_of(
    # English and Irish.
    "aaron abby abigail adam adrian aidan aimee alan alastair albert alec alex alexander alexandra alexis alfred "
    "alice alicia alison allan allen allison alyssa amanda amber amelia amy andrea andrew andy angela angie anita ann "
    "anna annabel anne annie anthony antonia arthur ashley audrey barbara barry beatrice becky belinda ben benjamin "
    "bernadette bernard beth bethany betty beverly bill billy bob bobby bonnie brad bradley brandon brenda brendan "
    "brent brett brian bridget bruce bryan bryce caitlin cameron camilla carl carla carly carmen carol caroline "
    "carolyn carrie casey cassandra catherine cathy cecilia charles charlie charlotte chelsea cheryl chloe chris "
    "christian christina christine christopher cindy claire clara clare clarence claudia clifford clive colin colleen "
    "connie connor conor corey courtney craig crystal curtis cynthia daisy damian damien dan dana daniel daniela "
    "danielle danny daphne darren darryl dave david dawn dean debbie deborah debra declan deirdre denise dennis derek "
    "diana diane dominic don donald donna doris dorothy doug douglas duncan dustin dylan ed eddie edith edmund edward "
    "edwin eileen elaine eleanor elizabeth ella ellen ellie elliot elliott emily emma eoin eric erica erik erika erin "
    "ernest ethan eugene eva evan evelyn ewan felicity fergus fiona florence frances francesca francis frank fraser "
    "fred frederick gabriel gabrielle gail gareth gary gavin gemma geoff geoffrey george georgia georgina gerald "
    "gerard gillian gina glenn gloria gordon graeme graham greg gregory guy gwen hannah harold harriet harry harvey "
    "hayley heather heidi helen henry hilary holly howard hugh ian imogen ingrid irene iris isaac isabel isabella "
    "isobel ivan jack jackie jackson jacob jacqueline jaime jake james jamie janie jan jane janet janice jared "
    "jasmine jason jay jayne jean jeff jeffrey jen jenna jennifer jenny jeremy jerry jess jesse jessica jill jillian "
    "jim jimmy jo joan joanna joanne jodie joe joel john johnny jon jonathan jordan joseph josephine josh joshua "
    "joyce juan judith judy julia julian juliana julie juliet june justin kara karen karl kate katherine kathleen "
    "kathryn kathy katie katy kay kayla keith kelly kelsey ken kenneth kerry kevin kim kimberly kirsten kirsty "
    "kristen kristin kristina kyle lara larry laura lauren laurence leah leanne lee leo leon leonard leslie lewis "
    "liam linda lindsay lindsey lisa liz lizzie lois lorraine louis louisa louise lucy luke lydia lynn lynne "
    "madeleine madison maggie marc marcus margaret maria marian marianne marie marilyn marion marissa marjorie "
    "marlene marsha martha martin mary mathew matt matthew maureen maurice max maya megan meghan melanie melinda "
    "melissa meredith mia michael michele michelle miguel mike miranda miriam mitchell mohammed molly monica morgan "
    "muhammad murray nadia nancy naomi natalia natalie natasha nathan nathaniel neil niamh nicholas nick nicola "
    "nicole nigel nina noah noel nora norman oliver olivia oscar owen paddy pam pamela patricia patrick patty paul "
    "paula pauline peggy penny pete peter phil philip philippa phillip phoebe rachel ralph ramona randy raymond "
    "rebecca regina renee rhys richard rick ricky rita rob robert roberta robin rodney roger roisin roland ron ronald "
    "ronan rosemary ross rowan roy russell ruth ryan sabrina sally sam samantha samuel sandra sara sarah sasha scott "
    "sean sebastian shane shannon sharon shaun shauna sheila shelley sheryl shirley sian simon simone siobhan sonia "
    "sophia sophie stacey stacy stanley stella stephanie stephen steve steven stewart stuart sue susan susanna "
    "suzanne sylvia tamara tammy tania tanya tara tasha ted teresa terence terry tess tessa theodore theresa thomas "
    "tiffany tim timothy tina toby todd tom tommy toni tony tracey tracy travis trevor tristan tyler valerie vanessa "
    "veronica vicki vicky victor victoria vincent virginia vivian vivien wanda warren wayne wendy wesley william "
    "yvonne zach zachary zoe "
    # German, Dutch and Nordic.
    "achim agnes albrecht alexa almut andre andreas angelika anja anke annegret annette annika antje arnd arne arno "
    "astrid axel brit britta birte birthe nele neele svea merle levke femke hedwig wiltrud evgenia evgeny bastian "
    "beate benedikt benno bente bernd bernhard berthold bettina birgit birgitta bjarne bjorn boris brigitte burkhard "
    "carina carolin carsten cathrin charlotta christa christel christiane christof christoph claas claus clemens "
    "constanze corinna cornelia dagmar daniele detlef dieter dietmar dietrich dirk dorothea doro edeltraud ekkehard "
    "elfriede elisabeth elke elmar else emil erich ernst erwin eugen ewald fabian falk felix ferdinand florian frauke "
    "frederik friederike friedrich fritz gabi gabriele georg gerd gerda gerhard gerold gert gesa gesine gisela gitte "
    "gotthard gregor greta gudrun guido gunnar gunter gunther gustav hakan hanna hannelore hannes hans harald hartmut "
    "hauke heike heiko heiner heinrich heinz helena helene helga helge helmut hendrik henning henrik herbert hermann "
    "hilde hildegard holger horst hubert hugo ida ilka ilona ilse imke ina ines inga inge ingeborg ingo ira irina "
    "irmgard irmtraud isabell isabelle jaap jakob jana janina janine jannik jens jesper jessika joachim jochen johan "
    "johann johanna johannes jonas jorg jorgen jorn josef jost judit jule juliane julius jurgen jutta kai karin "
    "karina karla karlheinz karola karsten kasper katarina katharina kathrin katja katrin kerstin kirstin kjell klara "
    "klaus knut konrad kristian kurt lars lasse leif lena lenz lieselotte lina lothar lotte ludger ludwig luise lukas "
    "lutz magda magdalena magnus maik maike maja malin malte manfred manuel manuela mara marcel marco mareike maren "
    "margarete margit margot margret marianna marina mario marit marita marius markus marlies marta martina mathias "
    "mathilde mathis matthias maximilian mechthild meike melina mette michaela mirja mirjam mirko monika moritz "
    "nadine nadja niclas niklas niels nikolaus nils norbert ola olaf ole oskar oswald otto ottmar paulina pernille "
    "petra petter philipp pia pieter pirmin raimund rainer ralf raphael regine reiner reinhard reinhold renate "
    "richarda rolf roman romy ronja rosa rosi roswitha rudi rudiger rudolf rune rupert sabine samira sandro saskia "
    "selina siegfried siegrid sigrid silke silvia simona sina sofia sofie sonja soren stefan stefanie steffen steffi "
    "stine sunniva susann susanne sven svenja swantje sybille tabea tanja theo theodor theres therese thilo thorsten "
    "till tilman timo tobias torben tore torsten trond ulf uli ulla ulli ulrich ulrike ursel ursula uschi ute uwe "
    "valentin valentina vera verena viktor viktoria viola volker volkmar waldemar walter waltraud werner wiebke "
    "wilfried wilhelm willem willi winfried wolf wolfgang wouter yannick yvette "
    # French, Italian, Spanish and Portuguese.
    "adele adriana adriano agathe agnese aitor alain alberto aldo alejandra alejandro alessandra alessandro alessia "
    "alexandre alexia alfonso alfredo aline alvaro ambre amandine ana anaelle anais andres angelo anouk antoine anton "
    "antonella antonello antonio ariane arianna armand arnaud arturo aude aurelie baptiste beatriz benedetta "
    "benedicte benoit berenice bertrand blanca bruna bruno camille carlo carlos carlotta caterina cecile cedric celia "
    "celine cesar chantal chiara christelle christophe claude claudie claudio clement clementine clemence colette "
    "coralie corentin corinne cristiano cristina cyril damiano danilo davide delphine denis diego dino dolores "
    "dominique domenico eduardo edoardo elena elenora eleonora elisa elise eliane elodie emanuela emanuele emiliano "
    "emilie emilio emmanuel emmanuelle enrico enrique enzo ernesto esteban esther etienne fabien fabio fabrice "
    "fabrizio federica federico felipe fernanda fernando filipe filippo flavia flavio florent florentin francesco "
    "francisco franck franco francois francoise frederic gabriela gael gaelle gaetano gaspard genevieve geraldine "
    "germain giacomo gianluca gianni gilles giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio "
    "giuseppe gonzalo gregoire guillaume guillermo gustavo hector helder herve hortense ignacio ilaria inaki inacio "
    "isabela ivo jacopo jacques javier jeanne jeremie jerome joao joaquin joaquim joana jordi jorge jose josiane "
    "josue juana julien juliette julio karine laetitia laurent laure laurie leandro leonardo leonor leticia lidia "
    "lionel lorenzo loic luca lucas lucia luciana luciano lucie ludovic luis luisa luiz maite manon marcela marcello "
    "marcelo marcio margherita marguerite marielle marine mariano marisa massimo mateo mathieu matteo matthieu maud "
    "maurizio mauricio mauro mercè michel micheline miguelina mireille morgane muriel myriam nathalie nicolas nicolo "
    "noemi nuno octavio odile olivier orlando pablo paolo paola pascal pascale patrice patrizia pedro pierre pietro "
    "pilar quentin rafael rafaela ramon raquel raul regis remi renato ricardo riccardo roberto rocio rodolfo rodrigo "
    "rogelio romain romina rosario rosanna ruben salvatore santiago sergio severine silvio solene stefania stefano "
    "stephane susana sylvain sylvie tatiana thibault thierry thiago tiago tomas umberto valeria valerio valentine "
    "vicente vincenzo virginie vittorio xavier yann yannis yolanda yves "
    # Polish, Czech, Hungarian, Romanian, Turkish and others.
    "adela agata agnieszka ahmed ahmet aleksander aleksandra aleksandr alena alexei ali alicja ameer amit amir anca "
    "andrei andrej andrzej aneta anil anjali ankit anh arjun artur attila ayesha ayse balazs barbora bartosz "
    "bartlomiej bela beata blanka bogdan bogna bohdan bozena cezary csaba dalia dariusz deepak denisa dmitri dmitry "
    "dominik dominika dorota edyta elif elzbieta emre ewa ewelina fatima fatma filip gabor gaurav grzegorz halina "
    "hana hasan henryk hiroshi ibrahim ildiko ilya iulia ivana iveta iwona izabela jacek jadwiga jakub janos janusz "
    "jaroslav jaroslaw jerzy jiri jolanta jozef justyna kacper kamil kamila karolina kasia katarzyna kateryna katalin "
    "kazim kenji khaled kinga klaudia krzysztof lech leszek lubomir ludmila lukasz maciej magdolna mahmoud malgorzata "
    "mandeep marcin marek mariusz mariya marketa mateusz mehmet michal michalina mihai milan milos mihaly miroslav "
    "miroslaw mohamed mohammad mustafa natalya nikhil nikita nikolai nikola nisha oksana oleg oleksandr olena olga "
    "omar ondrej pavel pavla pawel petr piotr polina pooja prakash priya przemyslaw radek radoslaw radovan rahul "
    "rajesh ravi rohit rohan ryszard sanjay sandeep satoshi selim sergei sergey serhii slawomir stanislaw stanislav "
    "sunil svetlana sylwia szymon tadeusz takashi tamas tatjana tereza tomasz tomislav urszula vaclav valeriy vasile "
    "vijay vikram vladimir vojtech volodymyr wieslaw witold wojciech yasmin yuki yulia yuri yusuf zbigniew zdenek "
    "zofia zoltan zsolt zuzana "
    # Russian, Ukrainian and Greek, in their own letters.
    "александр александра алексей алена алина алла анастасия анатолий андрей анна антон антонина арина артем артур "
    "борис вадим валентин валентина валерий валерия василий вера вероника виктор виктория виталий влад владимир "
    "владислав вячеслав галина геннадий георгий григорий дарья денис дмитрий евгений евгения егор екатерина елена "
    "елизавета иван игорь илья инна ирина кирилл константин ксения лариса лев леонид лидия любовь людмила максим "
    "маргарита марина мария михаил надежда наталия наталья никита николай нина олег олеся ольга павел петр полина "
    "роман руслан светлана сергей станислав степан тамара татьяна тимур федор эдуард юлия юрий яна ярослав αγγελος "
    "αγγελικη αθανασιος αθηνα αικατερινη αλεξανδρα αλεξανδρος αναστασια αναστασιος ανδρεας αννα αντωνης αριστειδης "
    "βασιλης βασιλειος βασιλικη βαγγελης γεωργια γεωργιος γιαννης γιωργος δεσποινα δημητρα δημητρης δημητριος "
    "διονυσης ειρηνη ελενα ελενη ελευθερια ευαγγελια ευη ηλιας θανασης θανος θεοδωρος θωμας ιωαννα ιωαννης κατερινα "
    "κωνσταντινα κωνσταντινος κωστας λαμπρος λενα μαρια μαριος μαρινα μιχαλης νικη νικος νικολαος ολγα παναγιωτης "
    "παναγιωτα παντελης παυλος πετρος σοφια σπυρος σταυρος σταματης στελιος στεφανος σωτηρης τασος φανης φωτης "
    "φωτεινη χαρης χρηστος χριστινα "
)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "đ": "d", "æ": "ae", "ς": "σ"})


def _folded(word: str) -> str:
    word = word.casefold().translate(_LETTERS)
    return word if word.isascii() else "".join(one for one in unicodedata.normalize("NFKD", word) if one.isalpha())


_FOLDED = frozenset(map(_folded, _GIVEN | MORE_GIVEN))


def is_given(word: str) -> bool:
    """Whether a word is a common given name, however it is accented; of "Jean-Pierre" the first half decides."""
    return _folded(word.partition("-")[0]) in _FOLDED
