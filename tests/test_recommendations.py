"""What is a recommendation and what only looks like one, sentence by sentence."""

import pytest

from flows.ground.source import Source
from flows.normalise import normalise
from flows.normalise.language.pack import pack_of
from passages import FRENCH, bullets, of_sentence, reference
from schemas import Row

document = FRENCH.document
recommendation = FRENCH.recommendation
rows = FRENCH.rows

CUES: dict[str, tuple[str, tuple[str, ...]]] = {
    # id of the cue → its force, sentences that it must find
    "engager_soi": (
        "commitment",
        (
            "Les délégués se sont engagés à ouvrir les cantines scolaires le dimanche.",
            "Au terme du débat, plusieurs gouvernements ont promis de publier leurs tarifs.",
            "Les participants ont réaffirmé leur engagement à secourir tout navire en détresse.",
        ),
    ),
    "exhorter": (
        "call",
        (
            "Les participants ont vivement exhorté les mairies à ouvrir des crèches de nuit.",
            "Plusieurs délégations ont une nouvelle fois exhorté les armateurs à payer les soldes.",
        ),
    ),
    "appeler": (
        "call",
        (
            "Les intervenants ont appelé à la création d'un registre commun des sauvetages.",
            "Les délégués ont appelé de leurs vœux une tarification unique des bacs.",
            "Les orateurs ont lancé un appel à la clémence des tribunaux maritimes.",
        ),
    ),
    "demander": (
        "call",
        (
            "Les délégués ont demandé que les consulats délivrent les passeports sans frais.",
            "Les orateurs ont réclamé la fin des retenues sur salaire.",
        ),
    ),
    "plaider": (
        "call",
        (
            "Les intervenants ont plaidé pour des cours de langue gratuits.",
            "Les délégués ont préconisé de confier l'accueil aux communes.",
        ),
    ),
    "recommande_passif": (
        "call",
        (
            "Il a été recommandé de former les agents portuaires à l'écoute.",
            "Au cours des échanges, il a également été suggéré de traduire les affiches.",
            "Les éditeurs de manuels sont encouragés à traduire leurs ouvrages.",
        ),
    ),
    "inviter": (
        "call",
        (
            "Les modérateurs ont invité les employeurs à afficher les salaires.",
            "Les panélistes ont encouragé les universités à ouvrir leurs bibliothèques la nuit.",
        ),
    ),
    "proposer": (
        "call",
        (
            "Les intervenants ont proposé de regrouper les guichets sous un même toit.",
            "Plusieurs délégués ont suggéré que les diplômes soient traduits d'office.",
            "Les délégués ont accueilli favorablement la proposition d'ouvrir une halte fluviale.",
        ),
    ),
    "favorable": (
        "call",
        (
            "Les délégués se sont déclarés favorables à une carte de séjour de cinq ans.",
            "Les orateurs ont souhaité que le prochain forum consacre une journée aux marins.",
        ),
    ),
    "falloir": (
        "obligation",
        (
            "Il faut ouvrir les gymnases la nuit.",
            "Les participants ont répété qu'il fallait traduire les contrats.",
            "Il ne faudrait pas fermer les bacs en hiver.",
        ),
    ),
    "convenir": (
        "obligation",
        (
            "Il convient de vérifier chaque contrat avant le départ.",
            "Il appartient aux communes de recenser les logements vides.",
            "Il importe par conséquent que les quais soient éclairés.",
            "L'entretien des bouées incombe aux capitaineries.",
        ),
    ),
    "etre_necessaire": (
        "obligation",
        (
            "Il est de plus en plus nécessaire de loger les saisonniers près des champs.",
            "Les orateurs ont noté qu'il était essentiel que les tuteurs soient bilingues.",
            "Il est, dès lors, primordial d'entendre les anciens apprentis.",
            "Il serait bon, selon elle, que les bacs partent à l'heure.",
        ),
    ),
    "juger_necessaire": (
        "obligation",
        (
            "Les délégués ont jugé indispensable de rouvrir les lignes maritimes.",
            "Les intervenants ont estimé nécessaire que chaque apprenti ait un tuteur.",
        ),
    ),
    "modal": (
        "obligation",
        (
            "Les mairies devraient publier leurs tarifs.",
            "Nous devons écouter les anciens marins.",
            "Aucun apprenti ne doit travailler la nuit.",
        ),
    ),
    "modal_rapporte": (
        "obligation",
        (
            "Les participants ont déclaré que les consulats devaient rester ouverts le soir.",
            "Les oratrices ont ajouté que chaque port devait disposer d'un interprète.",
        ),
    ),
    "indispensable": (
        "obligation",
        (
            "Des cours du soir sont indispensables pour les apprentis.",
            "De nouveaux quais sont nécessaires.",
        ),
    ),
    "sera_essentiel": (
        "obligation",
        (
            "La formation des pilotes sera essentielle pour la reprise du trafic.",
            "Des relais dans les villages seront cruciaux pour atteindre les bergers.",
        ),
    ),
    "necessite": (
        "obligation",
        (
            "Les délégués ont mis en exergue la nécessité d'ouvrir des écoles de brousse.",
            "L'hiver a rappelé la nécessité d'un parc de logements d'urgence.",
        ),
    ),
    "avoir_besoin": (
        "obligation",
        (
            "Les apprentis ont besoin d'un contrat dans leur langue.",
            "Pour se relancer, les ports ont plus que jamais besoin de grues neuves.",
        ),
    ),
    "avoir_besoin_rapporte": (
        "obligation",
        (
            "Le délégué du Ghana a dit que les ports avaient besoin de grues neuves.",
            "Les orateurs ont rappelé que les îles avaient grand besoin de médecins.",
        ),
    ),
    "temps": (
        "obligation",
        (
            "Il est grand temps de fermer les centres de tri insalubres.",
            "L'heure est venue de simplifier les formulaires.",
        ),
    ),
    "exiger": (
        "obligation",
        (
            "Cela exige un suivi médical avant chaque embarquement.",
            "L'accueil des orphelins nécessite des tuteurs formés.",
            "La fonte des glaces impose aux villages de la côte de déplacer leurs écoles.",
        ),
    ),
    "exiger_rapporte": (
        "obligation",
        (
            "Les délégués ont noté que l'accueil des orphelins exigeait des tuteurs formés.",
            "Les orateurs ont déclaré que le relèvement des ports nécessitait des ingénieurs.",
        ),
    ),
    "ensemble": (
        "obligation",
        (
            "« Investissons dans les écoles du port », a déclaré la Ministre.",
            "« Ouvrons les cantines aux équipages », ont dit les délégués.",
        ),
    ),
    "recommandations": (
        "call",
        (
            "Certaines recommandations de la table ronde préconisent d'ouvrir les quais la nuit.",
            "Parmi les recommandations figuraient la formation des pilotes et l'éclairage du quai.",
            "Les propositions du groupe étaient de fermer les hangars et de loger les équipages.",
        ),
    ),
    "passer_par": (
        "obligation",
        (
            "La confiance passe par des guichets tenus par des voisins.",
            "Les orateurs ont affirmé que l'insertion passait par le sport amateur.",
        ),
    ),
    "sans_quoi": (
        "obligation",
        (
            "Aucune relance ne saurait aboutir sans inclure les pêcheurs.",
            "Rien ne pourra changer sans associer les parents.",
        ),
    ),
    "solution": (
        "obligation",
        (
            "La solution est claire : des contrats écrits pour tous.",
            "La clé réside dans la formation des tuteurs.",
        ),
    ),
    "devoir_nom": (
        "obligation",
        (
            "Les armateurs ont le devoir de secourir les naufragés.",
            "Les villes gagneraient à partager leurs plans d'accueil.",
        ),
    ),
    "importance": (
        "importance",
        (
            "Les intervenants ont souligné l'importance de former les gardes-côtes.",
            "Les délégués ont évoqué l'importance d'une écoute attentive des élèves.",
        ),
    ),
    "importance_attachee": (
        "importance",
        (
            "Les délégués ont accordé une grande importance à la formation des guides.",
            "Une importance toute particulière a été attachée à la traduction des contrats.",
        ),
    ),
    "combien_important": (
        "importance",
        (
            "Les orateurs ont rappelé combien il est important de traduire les formulaires.",
            "Les délégués ont dit à quel point il était important d'ouvrir tôt les guichets.",
        ),
    ),
    "meilleur_moyen": (
        "importance",
        (
            "Le meilleur moyen de rassurer les parents est d'ouvrir les portes de l'école.",
            "La meilleure façon d'apprendre la langue est de travailler en binôme.",
        ),
    ),
}

LOOK_ALIKES: dict[str, tuple[str, ...]] = {
    # id of the cue → sentences with its words, or nearly, that recommend nothing
    "engager_soi": (
        "Le navire s'est engagé dans le détroit au petit matin.",
        "Les participants ont salué les engagements pris par les armateurs en 2029.",
    ),
    "exhorter": ("Les exhortations de ce genre sont rares dans les archives du port.",),
    "appeler": (
        "Les participants ont appelé l'attention sur le nombre de barques disparues.",
        "Les bénévoles sont appelés « passeurs de savoirs » dans le quartier.",
    ),
    "demander": (
        "Les orateurs ont demandé pourquoi les guichets fermaient si tôt.",
        "Les équipages ont demandé l'asile à trois reprises.",
    ),
    "plaider": ("Les avocats ont plaidé la relaxe devant trois tribunaux maritimes.",),
    "recommande_passif": (
        "Les élèves ont été invités par le musée à la veille des vacances.",
        "Le lac est appelé mer par ses riverains.",
    ),
    "inviter": (
        "Les organisateurs ont engagé des travaux dans trois gymnases.",
        "Les enseignants ont invité une conteuse de Gao dans leurs classes.",
    ),
    "proposer": ("Les hôtels ont proposé des chambres aux naufragés.",),
    "favorable": ("Les vents se sont montrés favorables à la traversée.",),
    "falloir": (
        "Il a fallu douze ans pour achever la digue.",
        "Il faut deux jours de bus pour gagner le consulat le plus proche.",
    ),
    "convenir": (
        "La date de mai convient aux bergers.",
        "Le nombre de bacs importe peu aux voyageurs.",
    ),
    "etre_necessaire": (
        "Le matériel nécessaire est arrivé en avril.",
        "Il est bon marché de traverser en hiver.",
    ),
    "juger_necessaire": ("Les experts ont jugé la traversée dangereuse.",),
    "modal": ("Ce succès doit beaucoup aux institutrices du quartier.",),
    "modal_rapporte": ("À l'époque, les marins devaient une semaine de solde à l'armateur.",),
    "indispensable": (
        "Un visa n'est pas nécessaire pour les escales courtes.",
        "Les réparations indispensables ont été faites en mars.",
    ),
    "sera_essentiel": ("Les relevés de marée sont essentiels pour suivre les départs.",),
    "necessite": (
        "Les produits de première nécessité sont arrivés par la mer.",
        "Beaucoup sont partis par nécessité.",
    ),
    "avoir_besoin": (
        "Les convois ont atteint les villages qui avaient besoin de soins.",
        "Les besoins des ports ont été recensés en 2028.",
    ),
    "avoir_besoin_rapporte": ("À son arrivée, la passagère avait besoin d'un médecin.",),
    "exiger_rapporte": ("Les guichets que tenaient deux firmes exigeaient un timbre.",),
    "ensemble": ("Les saisons des pêches ont été évoquées.",),
    "recommandations": (
        "Les recommandations du groupe figurent en annexe.",
        "Les ports cités par les recommandations de 2029 sont au nombre de six.",
    ),
    "temps": ("Le temps était clair au-dessus du détroit.", "Les bacs sont arrivés à temps."),
    "exiger": (
        "La loi exige un visa de transit.",
        "Les exigences de l'école sont affichées à l'entrée.",
    ),
    "passer_par": (
        "Le convoi est passé par trois villages.",
        "La ligne de bus passe par la gare routière.",
    ),
    "sans_quoi": ("Personne ne sait combien de barques ont sombré sans laisser de trace.",),
    "solution": ("La solution saline est stockée à bord.",),
    "devoir_nom": ("Les conférences se sont tenues dans le gymnase.",),
    "importance": (
        "Les intervenants ont souligné l'importance de la mer pour l'économie des îles.",
        "Les délégués ont rappelé l'importance des marchés flottants dans la vie du delta.",
        "Les orateurs ont évoqué l'importance du rôle joué par les grands-mères.",
    ),
    "importance_attachee": ("L'importance du vieux phare est connue de tous les pêcheurs.",),
    "combien_important": ("Les orateurs ont rappelé combien la côte est longue.",),
    "meilleur_moyen": ("Le meilleur moyen de transport était la pirogue.",),
}

TRAPS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # id of the trap → sentences that it must hide, similar ones that it must not
    "schedule": (
        ("Le prochain forum doit se tenir à Dakar en mai 2033.",),
        (
            "Les écoles doivent se tenir prêtes à accueillir les élèves du fleuve.",
            "Les consultations doivent commencer par les villages les plus isolés.",
        ),
    ),
    "next_meeting": (
        ("La seconde session de 2033 doit porter sur les bacs du delta.",),
        ("La prochaine session doit donner la parole aux passeurs.",),
    ),
    "forecast": (
        (
            "La croissance du fret devrait atteindre 3 % dans le delta.",
            "Le nombre de passages devrait doubler avec le nouveau pont.",
            "D'après les projections du port, les équipages devraient manquer de relève.",
        ),
        (
            "Le nombre de gilets devrait être affiché à bord de chaque bac.",
            "Tous les ports devraient atteindre ce niveau de service.",
        ),
    ),
    "logistics": (
        ("Un rapport complet devrait être publié sur le site avant l'été.",),
        ("Les rapports d'inspection devraient être traduits dans la langue des équipages.",),
    ),
    "logistics_papers": (
        ("Les contributions écrites doivent être adressées au secrétariat avant le 3 mai.",),
        ("Les passeports confisqués doivent être remis à leurs titulaires.",),
    ),
    "report_of_body": (
        ("Selon une étude parue en 2027, un apprenti sur deux doit changer de métier.",),
        ("Selon les délégués, chaque port doit avoir son interprète.",),
    ),
    "logistics_room": (
        ("La modératrice a invité les orateurs à prendre la parole depuis leur place.",),
        ("Les intervenants ont invité les communes à s'exprimer d'une seule voix.",),
    ),
    "aim_of_session": (
        ("La session visait à définir les mesures que les ports devraient prendre.",),
        ("La session visait à comparer des pratiques ; il faut à présent les étendre.",),
    ),
    "aim_noun": (
        ("L'objectif de la session était d'indiquer ce que les ports doivent changer.",),
        ("L'objectif est connu : il faut vider les hangars d'ici à l'hiver.",),
    ),
    "mandate": (
        ("Les registres sont publics, comme l'exigent les statuts du port.",),
        ("Comme l'ont recommandé plusieurs oratrices, les guichets doivent ouvrir le samedi.",),
    ),
    "mandate_resolution": (
        ("La convention de 1979 exige que tout capitaine porte secours.",),
        ("La convention est trop peu connue et il faut la traduire.",),
    ),
    "other_meeting": (
        ("Les délégués préparent le forum de Gdynia, qui doit traiter des phares.",),
        ("Une réunion qui reçoit des enfants doit prévoir des interprètes.",),
    ),
    "text_in_force": (
        ("Dans cette charte, chaque capitaine doit assistance aux naufragés.",),
        ("Dans ce texte affiché sur le quai, rien n'est traduit ; il faut y remédier.",),
    ),
    "offer": (
        ("Trois délégations ont proposé de mettre à disposition leurs remorqueurs.",),
        ("Les orateurs ont proposé que les villes offrent un toit aux équipages.",),
    ),
    "question_mark": (
        ("Faut-il fermer les ports en hiver ?",),
        ("À la question « Et après ? », les orateurs ont répondu qu'il faut rouvrir les bacs.",),
    ),
    "past_mandate": (
        ("En 2019, le conseil avait recommandé la création d'un fonds.",),
        ("Les orateurs, qui avaient visité le port, ont recommandé d'y ouvrir une école.",),
    ),
    "saying": (
        ("Il est important de rappeler que trois ports sont restés ouverts.",),
        (
            "Il faut signaler chaque naufrage aux proches dans la journée.",
            "Il est essentiel de reconnaître les diplômes des marins.",
        ),
    ),
    "hardship": (
        ("Les saisonniers qui doivent payer leur recruteur perdent trois mois de salaire.",),
        ("Les armateurs qui emploient des saisonniers doivent payer le billet du retour.",),
    ),
    "owing": (
        ("La reprise doit beaucoup aux dockers venus d'ailleurs.",),
        ("Les recruteurs doivent tout rembourser aux apprentis trompés.",),
    ),
    "thanks": (
        ("La Présidente a remercié les ports d'avoir reconnu la nécessité de former les pilotes.",),
        ("La Présidente a remercié les ports et a exhorté les États à former les pilotes.",),
    ),
    "interest": (
        ("Plusieurs délégués ont exprimé leur intérêt à visiter les écoles du port.",),
        ("Les délégués ont souligné l'intérêt d'ouvrir les écoles du port.",),
    ),
    "story": (
        ("Le passeur a raconté comment il devait payer chaque garde.",),
        ("Le passeur a témoigné devant le Conseil ; il faut ouvrir une enquête.",),
    ),
    "done": (
        ("Chacun sait ce qui doit être fait.",),
        ("Ce qui a été fait à Gorée doit être fait ailleurs.",),
    ),
    "need_of_people": (
        ("Les vivres sont allés aux villages qui en avaient le plus besoin.",),
        ("Les bergers ont besoin d'un guichet ouvert le soir.",),
    ),
    "question": (
        ("Les participants se sont demandé comment les ports devraient partager les coûts.",),
        ("Les orateurs ont discuté du quai où accostent les bacs ; il faut y ouvrir une école.",),
    ),
    "condition": (
        ("Si la digue cédait, une seconde évacuation serait nécessaire.",),
        ("Si le sport rapproche les élèves, il faut aussi des salles chauffées.",),
    ),
    "negated": (
        ("Un visa n'est plus nécessaire pour les escales d'un jour.",),
        ("Un visa n'est pas un luxe : il est nécessaire de le délivrer vite.",),
    ),
    "relative_needed": (
        ("Les équipages reçoivent les soins qui leur sont nécessaires.",),
        ("Des soins plus rapides sont nécessaires à bord.",),
    ),
    "value_of_meeting": (
        ("Les délégués ont souligné l'importance de cette session.",),
        ("Les délégués ont souligné l'importance d'un dialogue régulier entre ports et écoles.",),
    ),
    "ability_report": (
        ("Plusieurs villes se sont déclarées prêtes à accueillir des orphelins.",),
        ("Plusieurs délégations se sont déclarées favorables à un quota par région.",),
    ),
    "quotation": (
        ("La résolution dispose que « les États doivent porter secours à toute embarcation ».",),
        ("Les délégués ont estimé que les « maisons des marins » devaient rester gratuites.",),
    ),
}

WORDINGS = {
    # sentence → force; each rests on another wording of a rule that has many
    "Le Maroc et le Chili ont réaffirmé leur volonté de rouvrir les bacs.": "commitment",
    "Les participants ont émis l'idée de créer un fonds pour les bacs.": "call",
    "Les participants ont formulé des recommandations visant à rouvrir les bacs.": "call",
    "Les ports ont été incités à publier leurs tarifs.": "call",
    "Les gouvernements auront à revoir leurs tarifs.": "obligation",
    "Les États ne pourront se contenter de rouvrir les bacs.": "obligation",
    "Les orateurs ont souligné l'opportunité d'associer les villes.": "importance",
    "Les délégués se sont demandé ce qu'il faut faire pour rouvrir les bacs.": None,
    "Un atelier devrait être organisé en mars à Dakar.": None,
}


@pytest.mark.parametrize(("sentence", "force"), WORDINGS.items())
def test_wordings_beside_the_usual_ones(sentence: str, force: str | None) -> None:
    row = recommendation(sentence)
    assert (row and row["force"]) == force


NO_RECOMMENDATION = {
    "past action": "En 2028, la mairie a ouvert six crèches de nuit.",
    "ongoing action": "Les consulats traduisent désormais leurs formulaires.",
    "efforts made": "Les orateurs ont évoqué les efforts faits pour rouvrir les bacs.",
    "progress presented": "Les délégués ont présenté les progrès accomplis dans les ports.",
    "possibility": "Les escales pourraient être gérées plus efficacement.",
    "potential": "Les apprentis peuvent relancer les chantiers navals.",
    "conditional gain": "Si les bacs rouvrent, il sera possible de scolariser tout le delta.",
    "offer": "Trois universités sont prêtes à appuyer les écoles de brousse.",
    "warning alone": "Les orateurs ont mis en garde contre le coût élevé des bacs.",
    "fact under a strong verb": "Les orateurs ont souligné que les bergers vivent loin des écoles.",
    "reported inability": "Les délégués ont relevé que les ports ne pouvaient pas agir seuls.",
    "aim of the session": "Le dialogue avait pour but de formuler des recommandations.",
    "plain nouns": "Les recommandations, les besoins et les exigences des ports ont été résumés.",
    "value in the present": "Les phares sont essentiels pour la pêche.",
    "decisive role": "Le rôle des grands-mères est décisif dans les villages.",
    "praise": "Les délégués ont salué la qualité des échanges.",
    "thanks": "Les participants ont remercié la ville d'avoir ouvert ses portes.",
    "future logistics": "Les exposés seront mis en ligne à la fin du mois.",
    "debt": "Les apprentis doivent trois mois de loyer à leur recruteur.",
    "because of": "Le retard est dû à la fermeture des bacs.",
    "quoted demand": (
        "Dans la résolution 61/208, il est écrit : « nous invitons les ports à se réformer »."
    ),
}

DISGUISED = {
    # what looks like a fact or like procedure, and asks for something → its force
    "shown to be imposed": (
        "La crue a montré que la montée des eaux impose aux villages de déplacer leurs écoles.",
        "obligation",
    ),
    "requires": ("La charte des ports nécessite une lecture commune.", "obligation"),
    "required, in reported speech": (
        "Les délégués ont relevé que la reprise nécessitait des équipages formés.",
        "obligation",
    ),
    "was urgent": (
        "Les orateurs ont déclaré qu'il était urgent de dégager les quais.",
        "obligation",
    ),
    "all that is needed": (
        "Tout ce dont les apprentis ont besoin, c'est d'être entendus.",
        "obligation",
    ),
    "double negation": (
        "Nul plan de relance ne saurait aboutir sans inclure les bergers.",
        "obligation",
    ),
    "negative obligation": (
        "Les délégués ont déclaré que les ports ne devaient pas refuser les blessés.",
        "obligation",
    ),
    "not only the right thing": (
        "Accueillir les équipages n'est pas seulement la bonne chose à faire, c'est un calcul.",
        "importance",
    ),
    "rather than": (
        "Nous ne devrions pas compter les bacs, mais plutôt les réparer.",
        "obligation",
    ),
    "caution": (
        "Il faut néanmoins faire preuve de prudence avec les capteurs de marée.",
        "obligation",
    ),
    "call to the room": (
        "La modératrice a invité l'auditoire à penser aux équipages restés à bord.",
        "call",
    ),
    "about the Dialogue": (
        "Les équipages doivent être invités à des rencontres comme le Dialogue.",
        "obligation",
    ),
    "wish for the next session": (
        "Les délégués se sont déclarés favorables à ce que le Dialogue revienne sur les phares.",
        "call",
    ),
    "behind a concession": (
        "Si les bacs du nord ont rouvert, ceux du sud doivent encore être réparés.",
        "obligation",
    ),
    "behind a semicolon": (
        "Les quais ont gelé deux fois cet hiver ; il est donc indispensable de les chauffer.",
        "obligation",
    ),
    "a number of ways": (
        "Les participants ont retenu l'importance 1) des phares allumés, 2) de la formation des"
        " pilotes et 3) de l'entretien des bacs.",
        "importance",
    ),
}

IMPORTANCE = {
    # what is important → whether it is something to be done
    "l'importance de traduire les contrats": True,
    "l'importance d'entendre les équipages": True,
    "l'importance de ne laisser aucun équipage à quai": True,
    "l'importance d'une formation commune des pilotes": True,
    "l'importance de la mise en place de guichets mobiles": True,
    "l'importance de l'élargissement des quais": True,
    "l'importance qu'il y a à repeindre les phares": True,
    "l'importance des phares pour la pêche": False,
    "l'importance de la pêche dans la vie des îles": False,
    "l'importance des migrations pour les ports": False,
    "l'importance des travaux déjà réalisés dans les cales": False,
    "l'importance du rôle des grands-mères": False,
    "l'importance de leur contribution à la vie des ports": False,
}

FORCES = {
    # sentences in which several forces apply: the first in the guide's table is taken
    "Les délégués se sont engagés à ouvrir les bacs et ont appelé à la tenue d'un registre.": (
        "commitment"
    ),
    "Les orateurs ont demandé que l'on ouvre les bacs, car il faut désengorger les quais.": "call",
    "Les orateurs ont souligné l'importance de former les guides et dit que les ports doivent"
    " les payer.": "obligation",
    "Les délégués ont exhorté les villes à former les guides et souligné l'importance de les"
    " payer.": "call",
    "Il faut ouvrir les bacs ; les ports se sont engagés à payer les équipages.": "commitment",
}

ADDRESSEES = {
    "Les participants ont exhorté les mairies à ouvrir des crèches.": "les mairies",
    "Les orateurs ont invité les employeurs et les syndicats à afficher les salaires.": (
        "les employeurs et les syndicats"
    ),
    "La Maire de Sète a rappelé que la ville se trouvait à une heure du port, et a appelé de ses"
    " vœux des bacs de nuit.": None,
    "Les orateurs ont invité les pays à revenu intermédiaire à publier les tarifs.": (
        "les pays à revenu intermédiaire"
    ),
    "Il faut que l'assistance par téléphone subsiste dans les ports.": None,
    "Les délégués ont demandé aux consulats de traduire leurs formulaires.": "les consulats",
    "Les gouvernements doivent publier les contrats.": "les gouvernements",
    "Les délégués ont souligné la nécessité pour les pays de mieux partager leurs cartes.": (
        "les pays"
    ),
    "Il est essentiel que les villes ouvrent leurs gymnases.": "les villes",
    "Nous devrions écouter les bergers.": "nous",
    "Il faut ouvrir les gymnases.": None,
    "L'adaptation des quais doit être achevée.": None,
    "De nouveaux bacs sont nécessaires.": None,
}


def _cases(table: dict[str, tuple[str, ...]]) -> list[object]:
    return [
        pytest.param(sentence, id=f"{name}-{number}")
        for name, sentences in table.items()
        for number, sentence in enumerate(sentences, 1)
    ]


@pytest.mark.parametrize(
    ("cue", "force", "sentence"),
    [
        pytest.param(cue, force, sentence, id=f"{cue}-{number}")
        for cue, (force, sentences) in CUES.items()
        for number, sentence in enumerate(sentences, 1)
    ],
)
def test_a_cue_makes_a_recommendation(cue: str, force: str, sentence: str) -> None:
    row = recommendation(sentence)
    assert row is not None
    assert (row["force"], row["rule"]) == (force, f"fr.{force}.{cue}")
    assert str(row["cue"]) in sentence


@pytest.mark.parametrize("sentence", _cases(LOOK_ALIKES))
def test_what_looks_like_a_cue_is_none(sentence: str) -> None:
    assert recommendation(sentence) is None


@pytest.mark.parametrize("sentence", _cases({trap: hidden for trap, (hidden, _) in TRAPS.items()}))
def test_a_trap_hides_the_cue(sentence: str) -> None:
    assert recommendation(sentence) is None


@pytest.mark.parametrize("sentence", _cases({trap: open_ for trap, (_, open_) in TRAPS.items()}))
def test_a_trap_hides_no_more_than_it_should(sentence: str) -> None:
    assert recommendation(sentence) is not None


@pytest.mark.parametrize("sentence", NO_RECOMMENDATION.values(), ids=NO_RECOMMENDATION)
def test_not_a_recommendation(sentence: str) -> None:
    assert recommendation(sentence) is None


@pytest.mark.parametrize(("sentence", "force"), DISGUISED.values(), ids=DISGUISED)
def test_demands_that_look_like_facts(sentence: str, force: str) -> None:
    row = recommendation(sentence)
    assert row is not None
    assert row["force"] == force


@pytest.mark.parametrize(("words", "to_do"), IMPORTANCE.items())
def test_importance_of_what_is_to_be_done(words: str, to_do: bool) -> None:
    row = recommendation(f"Les intervenants ont souligné {words}.")
    assert (row is not None) is to_do
    assert row is None or row["force"] == "importance"


@pytest.mark.parametrize(("sentence", "force"), FORCES.items())
def test_of_several_forces_the_first_counts(sentence: str, force: str) -> None:
    row = recommendation(sentence)
    assert row is not None
    assert row["force"] == force


@pytest.mark.parametrize(("sentence", "addressee"), ADDRESSEES.items())
def test_addressee(sentence: str, addressee: str | None) -> None:
    row = recommendation(sentence)
    assert row is not None
    assert _without_article(row["addressee"]) == _without_article(addressee)


def _without_article(words: object) -> str | None:
    return None if words is None else str(words).lower().removeprefix("les ")


def test_every_rule_of_the_pack_has_its_sentences() -> None:
    pack = pack_of("fr")
    cues = {cue.rule.split(".")[-1]: cue.force for cue in pack.cues}
    assert cues == {cue: force for cue, (force, _) in CUES.items()}
    assert set(LOOK_ALIKES) == set(cues)
    assert all(len(sentences) >= 2 for _, sentences in CUES.values())
    assert {trap.rule.split(".")[-1] for trap in pack.traps} == set(TRAPS)


# ---------------------------------------------------------------- explicit lists

LEAD_INS = {
    "participants": "Les participants ont formulé les recommandations suivantes :",
    "speakers": "Les orateurs ont retenu les mesures prioritaires suivantes :",
    "delegates": "Les délégués ont proposé d'agir dans les domaines prioritaires suivants :",
}
ACTIONS = (
    "Traduire les contrats dans la langue des équipages ;",
    "Des crèches de nuit près des ports ;",
    "Accompagner les apprentis qui changent de port.",
)


def _priorities(*passages: str, section: str = "synthesis") -> list[Row]:
    found = rows(*passages, section=section)["recommendations"]
    return [row for row in found if row["force"] == "priority"]


@pytest.mark.parametrize(("attribution", "lead_in"), LEAD_INS.items(), ids=LEAD_INS)
def test_items_behind_a_lead_in(attribution: str, lead_in: str) -> None:
    found = rows(lead_in, bullets(*ACTIONS))["recommendations"]
    assert [row["text"] for row in found] == list(ACTIONS)
    assert {row["force"] for row in found} == {"priority"}
    assert {row["attribution"] for row in found} == {attribution}


@pytest.mark.parametrize(
    "lead_in",
    [
        "Les thèmes suivants ont été abordés :",
        "Les délégués ont cité les exemples suivants :",
        "Les orateurs ont décrit les difficultés suivantes :",
        "Les pays représentés étaient les suivants :",
    ],
)
def test_items_behind_another_lead_in(lead_in: str) -> None:
    items = ("La traduction des contrats ;", "La garde des bacs ;", "Le nombre de phares.")
    assert rows(lead_in, bullets(*items))["recommendations"] == []


def test_items_under_a_heading_of_recommendations() -> None:
    found = _priorities(bullets(*ACTIONS), section="recommendations")
    assert [row["text"] for row in found] == list(ACTIONS)


def test_the_lead_in_under_a_heading_is_none() -> None:
    lead_in = LEAD_INS["participants"]
    found = rows(lead_in, bullets(*ACTIONS), section="recommendations")["recommendations"]
    assert [row["text"] for row in found] == list(ACTIONS)
    assert {row["attribution"] for row in found} == {"participants"}


def test_an_item_with_a_cue_is_still_a_priority() -> None:
    item = "Il faut ouvrir les bacs la nuit."
    (row,) = rows(LEAD_INS["speakers"], bullets(item, "Former les guides."))["recommendations"][:1]
    assert (row["text"], row["force"], row["attribution"]) == (item, "priority", "speakers")


def test_further_sentences_of_an_item_stand_for_themselves() -> None:
    action, reason = "Traduire les contrats.", "Trop d'équipages les signent sans les lire."
    tables = rows(LEAD_INS["participants"], bullets(f"{action} {reason}", "Former les guides."))
    assert [row["text"] for row in tables["recommendations"]] == [action, "Former les guides."]


@pytest.mark.parametrize("gap", ["\n\n", "\n\n\n\n"], ids=["one blank line", "three"])
def test_a_page_break_inside_an_item_and_between_items(gap: str) -> None:
    cut = f"- Traduire les contrats dans la{gap}langue des équipages ;{gap}- Former les guides."
    found = _priorities(LEAD_INS["participants"], cut)
    assert [row["text"] for row in found] == [ACTIONS[0], "Former les guides."]
    assert {row["attribution"] for row in found} == {"participants"}


def test_a_list_ends_with_the_next_paragraph() -> None:
    after = "Les bacs du nord ont rouvert en avril."
    tables = rows(
        LEAD_INS["participants"],
        bullets(*ACTIONS),
        after,
        bullets("Les écoles du sud ont suivi en mai, avec trente élèves."),
    )
    assert [row["text"] for row in tables["recommendations"]] == list(ACTIONS)


def test_headings_and_panel_titles_are_themes() -> None:
    tables = rows(
        bullets("Les bacs ont rouvert."),
        "**2. Il est nécessaire de loger les saisonniers près des champs.**",
        bullets("Trente hangars ont été repeints."),
        panels=["Les ports doivent rester ouverts", "Nécessité de traduire les contrats"],
    )
    assert tables["recommendations"] == []


def test_a_plain_line_before_bullets_is_a_heading() -> None:
    tables = rows(
        "Nécessité de loger les saisonniers près des champs.",
        bullets("Trente hangars ont été repeints.", "Les bacs ont rouvert."),
    )
    assert tables["recommendations"] == []


def test_recommendations_outside_the_synthesis() -> None:
    wanted = "Les participants ont demandé que la prochaine session dure trois jours."
    for section in ("opening", "closing"):
        found = rows(wanted, section=section)["recommendations"]
        assert [row["text"] for row in found] == [wanted]


def test_positions_and_sentences_of_recommendations() -> None:
    items = ("Il faut des bacs.", "Les bacs sont gris.", "Il faut des phares.")
    tables = rows(bullets(*items))
    found = tables["recommendations"]
    assert [(row["position"], row["text"]) for row in found] == [(1, items[0]), (2, items[2])]
    assert of_sentence(tables, "recommendations", items[1]) == []
    assert of_sentence(tables, "recommendations", FRENCH.before) == []


def test_the_id_is_that_of_the_text() -> None:
    item = "Il faut des bacs."
    alone = rows(bullets(item))["recommendations"]
    among = rows(bullets("Il faut des phares.", item, item))["recommendations"]
    assert among[1]["recommendation_id"] == alone[0]["recommendation_id"]
    assert among[2]["recommendation_id"] == f"{alone[0]['recommendation_id']}-2"


def test_typographic_apostrophes_and_spaces_change_nothing() -> None:
    text = document(bullets("Il faut qu’on écoute l’équipage\u202f; c’est urgent."))
    source = Source("essai.txt", "essai.txt", "text/plain", "0" * 64, text)
    tables, _ = normalise([source], reference())
    (row,) = tables["recommendations"]
    assert row["force"] == "obligation"
    assert "qu’on écoute l’équipage" in str(row["text"])
