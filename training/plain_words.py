"""Words that speak for or against main text in languages of which no labelled pages could be learnt from.

``RUNNING`` words join sentences, and hardly stand in a menu; ``FURNITURE`` words are what pages call their buttons,
menus and notices. Both were written down from knowledge of the languages; no corpus was counted. What was learnt of a
word outranks what is said here.
"""

from __future__ import annotations

from functools import lru_cache

RUNNING_SCORE, FURNITURE_SCORE = 180, -150
"""Hundredths of log odds: about what such words are learnt to say in English and German."""

_RUNNING = {
    "ru": "что как его это но был была было были если когда только уже так ещё еще чтобы который которая которые "
    "которого которой которых также она они он мы вы их её ее этого этом этой этот эта эти потому даже может "
    "можно быть будет после перед между через очень более менее однако поэтому себя себе свои свой своей кто "
    "где там здесь тогда сейчас теперь нет ни ли бы же стал стала сказал сказала заявил отметил сообщил "
    "рассказал словам из-за под над при без до от для из или то тем том чем нас вас им ему ей ним ней них "
    "одного один одна несколько",
    "uk": "що як його це але був була було були якщо коли тільки вже так ще щоб який яка які також вона вони він ми "
    "ви їх її цього цьому цей ця ці тому навіть може можна бути буде після перед між через дуже більше однак "
    "себе свої хто де там тут тоді зараз немає сказав заявив повідомив",
    "pl": "się nie jest że jak był była było były ale jeśli kiedy tylko już tak jeszcze żeby który która które "
    "którego której których także ona oni my wy ich jej jego tego tym tej ten ta te dlatego nawet może można "
    "być będzie po przed między przez bardzo więcej jednak sobie swoje swój swoją kto gdzie tam tutaj teraz "
    "ma czy lub oraz aby został została zostały powiedział powiedziała podkreślił dodał według podczas "
    "ponieważ gdy jako przy bez do od dla są mają miał miała nas was im mu niej nich jeden jedna kilka",
    "cs": "se že jak byl byla bylo byli ale pokud když jen už tak ještě aby který která které také ona oni my vy "
    "jejich její jeho toho tom ten tato proto může být bude po před mezi přes velmi více však sobě své kdo "
    "kde tam nyní není nebo podle během protože jako při bez jsou měl řekl uvedl dodal",
    "el": "και να που για από με στο στη στην στον στα στις στους του της των τον την τους τις θα είναι ήταν δεν "
    "αλλά αν όταν μόνο ήδη έτσι ακόμη ακόμα ώστε οποίο οποία οποίος οποίες οποίων επίσης αυτό αυτή αυτός αυτά "
    "αυτές αυτών γιατί διότι μπορεί πρέπει έχει έχουν είχε είχαν μετά πριν μεταξύ μέσω πολύ πιο περισσότερο "
    "όμως ωστόσο κάθε όλα όλες όπως όπου πώς τότε τώρα εκεί εδώ ένα μία μια ένας κατά προς χωρίς ως ή ούτε "
    "σύμφωνα δήλωσε ανέφερε τόνισε",
    "tr": "bir ve bu için ile olarak daha çok gibi olan ancak kadar sonra göre her ama değil ise en o şu ki mi de "
    "da olduğu olduğunu oldu olacak edildi dedi söyledi belirtti",
    "es": "que los las una por con para como pero más este esta esto estos estas era fue eran fueron cuando donde "
    "porque también sin sobre entre desde hasta aunque muy ya no se su sus le les lo hay ha han había sido "
    "ser está están quien cual según durante dijo aseguró explicó",
    "pt": "que os as uma por com para como mas mais este esta isto era foi eram foram quando onde porque também sem "
    "sobre entre desde até embora muito já não se seu sua seus suas lhe há tem têm sido ser está estão quem "
    "qual segundo durante disse afirmou explicou ao aos pela pelo",
    "fr": "que qui les des une par avec pour comme mais plus cette ces était fut étaient quand où parce aussi sans "
    "sur entre depuis jusque très déjà pas ne se son sa ses leur leurs il elle ils elles dans est sont été "
    "être selon pendant dit affirmé expliqué aux donc ainsi alors",
    "it": "che gli una per con come ma più questo questa questi era erano stato stata quando dove perché anche "
    "senza sul sulla tra fra fino molto già non si suo sua suoi loro ha hanno sono essere chi quale secondo "
    "durante detto spiegato nel nella dei delle degli della dello alla alle",
    "nl": "een het van dat die niet met voor maar ook als zijn was waren werd worden door over naar bij nog wel "
    "meer toen waar omdat zonder tussen tot heel al zich hun haar deze dit heeft hebben kan zou volgens "
    "tijdens zei",
    "sv": "att det som en ett är inte med för men också om var hade har kan ska skulle från till när där eftersom "
    "utan mellan mycket redan sig sin sina sitt de den denna detta enligt under sade säger blev blir",
    "da": "at det som en et er ikke med for men også om var havde har kan skal skulle fra til når hvor fordi uden "
    "mellem meget allerede sig sin sine deres den denne dette ifølge under sagde siger blev bliver",
    "fi": "ja on ei että se oli hän ovat mutta myös kun jos niin kuin mukaan joka jotka tämä sen olla ollut sitä "
    "vain jo sekä kanssa ennen jälkeen sanoo kertoo",
    "hu": "hogy nem egy az és volt meg csak már még mint azt ezt ami aki amely vagy kell lehet lesz után előtt "
    "között nagyon mert szerint mondta közölte",
    "ro": "că nu este sunt era fost care pentru din cu la pe mai dar și sau acest această când unde după între "
    "foarte deja lui ei lor potrivit spus declarat",
}
_FURNITURE = {
    "ru": "комментарии комментарий комментировать поделиться подписаться подписка рассылка реклама рекламодателям "
    "контакты войти вход регистрация зарегистрироваться авторизация логин пароль поиск найти меню главная "
    "новости архив рубрики рейтинг похожие материалы читайте читать далее подробнее популярное обсуждаемое "
    "распечатать печать копирование перепечатка ссылка обязательна права защищены редакция карта сайта опрос "
    "голосовать теги метки просмотров ответить цитировать твитнуть вконтакте одноклассники facebook twitter "
    "rss форум блоги видео фото фотогалерея вакансии объявления погода гороскоп курсы валют партнеры партнёры "
    "каталог",
    "uk": "коментарі коментувати поділитися підписатися реклама контакти увійти вхід реєстрація пошук меню головна "
    "новини архів рубрики читайте читати далі детальніше роздрукувати редакція теги відповісти форум відео "
    "фото",
    "pl": "komentarze komentarz komentarzy skomentuj udostępnij newsletter reklama kontakt zaloguj logowanie "
    "zarejestruj rejestracja hasło szukaj wyszukaj menu archiwum polecamy podobne zobacz także przeczytaj "
    "więcej czytaj drukuj wyślij znajomemu zastrzeżone prawa redakcja regulamin polityka prywatności mapa "
    "strony sonda głosuj tagi odpowiedz cytuj zgłoś nadużycie forum blogi galeria wideo zdjęcia praca "
    "ogłoszenia pogoda horoskop program facebook twitter rss wykop dodaj opinie oceń ciasteczka cookies "
    "serwis",
    "cs": "komentáře diskuse sdílet reklama kontakt přihlásit registrace heslo hledat menu archiv související více "
    "vytisknout redakce podmínky tagy odpovědět fórum galerie fotogalerie",
    "el": "σχόλια σχόλιο σχολιάστε σχολιασμός κοινοποίηση εγγραφή εγγραφείτε διαφήμιση διαφημιστείτε επικοινωνία "
    "σύνδεση είσοδος κωδικός αναζήτηση μενού αρχική αρχείο σχετικά διαβάστε περισσότερα ολόκληρο δημοφιλή "
    "δημοφιλέστερα εκτύπωση αποστολή φίλο δικαιώματα όροι χρήσης ταυτότητα χάρτης ετικέτες απάντηση ειδήσεις "
    "φωτογραφίες βίντεο αγγελίες καιρός ζώδια δημοσκόπηση ψηφοφορία στείλτε facebook twitter rss επόμενο "
    "προηγούμενο tags",
    "tr": "yorum yorumlar paylaş abone reklam iletişim giriş kayıt üye ara menü anasayfa arşiv benzer haberler "
    "yazdır devamını oku etiketler cevapla galeri gizlilik",
    "es": "comentarios comentar compartir suscríbete suscripción publicidad contacto iniciar sesión registrarse "
    "regístrate contraseña buscar menú portada archivo relacionadas relacionados leer imprimir derechos "
    "reservados aviso etiquetas responder galería cookies privacidad",
    "pt": "comentários comentar compartilhar partilhar assine assinatura publicidade contato contacto entrar "
    "cadastre senha buscar pesquisar menu início arquivo relacionadas leia imprimir direitos reservados "
    "etiquetas responder galeria cookies privacidade",
    "fr": "commentaires commenter partager abonnez abonner publicité contact connexion connecter inscription "
    "inscrivez rechercher recherche menu accueil archives imprimer droits réservés mentions légales répondre "
    "galerie cookies confidentialité newsletter",
    "it": "commenti commenta condividi abbonati pubblicità contatti accedi registrati cerca menu archivio correlati "
    "leggi stampa diritti riservati rispondi galleria cookie privacy newsletter",
    "nl": "reacties reageer delen abonneer nieuwsbrief advertentie inloggen registreren wachtwoord zoeken menu "
    "archief gerelateerd lees afdrukken voorbehouden voorwaarden beantwoorden",
    "sv": "kommentarer kommentera dela prenumerera nyhetsbrev annons kontakt logga registrera lösenord sök meny "
    "arkiv relaterade läs skriv förbehållna villkor svara",
    "da": "kommentarer kommenter del abonner nyhedsbrev annonce kontakt log opret adgangskode søg menu arkiv "
    "relaterede læs udskriv forbeholdes vilkår svar",
    "fi": "kommentit kommentoi jaa tilaa uutiskirje mainos yhteystiedot kirjaudu rekisteröidy salasana haku valikko "
    "arkisto lue tulosta vastaa",
    "hu": "hozzászólások hozzászólás megosztás feliratkozás hírlevél hirdetés kapcsolat bejelentkezés regisztráció "
    "jelszó keresés menü archívum kapcsolódó tovább nyomtatás címkék válasz",
    "ro": "comentarii comentează distribuie abonează publicitate contact autentificare înregistrare parola caută "
    "meniu arhivă similare citește imprimă rezervate etichete răspunde",
}


@lru_cache(maxsize=1)
def plain_words() -> dict[str, int]:
    """Each word with its score; a word that is said to be both says nothing."""
    running = {word for words in _RUNNING.values() for word in words.split()}
    furniture = {word for words in _FURNITURE.values() for word in words.split()}
    return {
        **dict.fromkeys(sorted(running - furniture), RUNNING_SCORE),
        **dict.fromkeys(sorted(furniture - running), FURNITURE_SCORE),
    }
