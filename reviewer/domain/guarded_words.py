"""The words that `reviewer.domain.guarded` knows: English, German, French, Spanish, and some of their neighbours."""

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", words))


TURNING = _set(
    # English
    "no not never none nor neither without except excepting excluding unless only solely cannot non nothing nobody "
    "nowhere provided subject if until till otherwise notwithstanding "
    "despite regardless lest "
    "exclusively merely "
    # German
    "nicht nichts kein keine keinem keinen keiner keines nie niemals niemand niemandem niemanden nirgends ohne weder "
    "außer ausgenommen ausser sofern soweit falls wenn nur lediglich ausschließlich einschließlich ausschliesslich "
    "einschliesslich vorbehaltlich ungeachtet "
    "unbeschadet entgegen "
    # French
    "ne n pas non jamais aucun aucune aucuns aucunes nul nulle nuls nulles ni sans sauf hormis "
    "excepté exclusion uniquement seulement exclusivement si sinon jusqu "
    "nonobstant "
    # Spanish
    "no nunca jamás ningún ninguna ninguno ningunos ningunas nada nadie tampoco ni sin salvo excepto sólo solo "
    "solamente únicamente exclusivamente "
    # Italian, Portuguese, Dutch
    "mai nessun nessuno nessuna niente né senza salvo eccetto soltanto solamente qualora purché tranne "
    "não nunca jamais nenhum nenhuma nada ninguém nem sem exceto somente apenas se até "
    "niet geen nooit niets niemand zonder behalve tenzij alleen slechts indien mits tot "
)
"""Deny, except, or set a condition."""

MODAL = _set(
    "shall must may will should can could would might ought need needs required entitled obliged obligated permitted "
    "allowed prohibited forbidden "
    "muss müssen musste müsste darf dürfen durfte dürfte soll sollen sollte sollten kann können konnte könnte könnten "
    "wird werden würde würden hat haben verpflichtet berechtigt erlaubt verboten untersagt befugt gestattet "
    "peut peuvent pouvez pouvons peux pourra pourront pourrait pourraient doit doivent devez devons dois devra devront "
    "devrait devraient tenu tenue tenus tenues interdit interdite autorisé autorisée obligé libre "
    "podrá podrán puede pueden podría podrían deberá deberán debe deben debería deberían obligado facultado prohibido "
    "autorizado permitido "
    "può possono potrà deve devono dovrà dovranno pode podem poderá poderão deve devem deverá deverão kan kunnen mag "
    "mogen moet moeten zal zullen"
)
"""Who shall, must or may."""

MEASURING = _set(
    # numbers
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half "
    "halves third thirds double triple twice once single quarter dozen first second fourth fifth sixth seventh eighth "
    "ninth tenth last next per cent percent percentage point points fraction ratio "
    "null ein eins eine einen einem einer eines zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn "
    "vierzehn fünfzehn zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend million "
    "millionen milliarde milliarden halb halbe hälfte ganz ganze einmal zweimal dreimal erste ersten erster zweite "
    "zweiten zweiter dritte dritten dritter vierte vierten vierter fünfte fünften letzte letzten doppelt "
    "un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente "
    "quarante cinquante soixante cent cents mille million millions milliard milliards demi demie moitié tiers quart "
    "premier première second seconde deuxième troisième quatrième dernier dernière double "
    "uno una unos unas dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince veinte treinta "
    "cuarenta cincuenta sesenta setenta ochenta noventa cien ciento mil millón millones medio media mitad tercio "
    "primer primero primera segundo segunda tercero tercera cuarto último última doble "
    # units
    "$ € £ ¥ % ‰ ° § < > ≤ ≥ = ≠ ± + × ~ ≈ usd eur gbp chf dollar dollars cent euro euros pound pounds "
    "seconds minute minutes hour hours day days week weeks fortnight month months year years annual annually monthly "
    "weekly daily quarterly yearly business calendar working net gross brutto netto brut bruts net nets nette bruto "
    "neto neta mean median average total kilogram kilograms gram grams milligram milligrams microgram micrograms litre "
    "litres liter liters millilitre kilometer kilometers kilometre kilometres mile miles meter meters metre metres "
    "feet foot inch inches acre acres tons tonnes degrees permille "
    "sekunde sekunden stunde stunden tag tage tagen tages woche wochen monat monate monaten monats jahr jahre jahren "
    "jahres werktag werktage werktagen prozent promille jährlich monatlich wöchentlich täglich "
    "heure heures jour jours semaine semaines mois année années annuel annuelle annuels mensuel mensuelle ouvrable "
    "ouvrables ouvré ouvrés pour "
    "hora horas día días semana semanas mes meses año años anual mensual hábil hábiles dólares "
    # months
    "january february march april june july august september october november december januar februar märz juni juli "
    "oktober dezember janvier février mars avril mai juin juillet août septembre octobre novembre décembre enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
"""Numbers, units, measures and months."""

COMPARING = _set(
    "before after during above below more less fewer least "
    "most maximum minimum maximal minimal within under over beyond "
    "exceed exceeds exceeding prior previous previously subsequent preceding following earlier later sooner greater "
    "lesser smaller larger higher lower longer shorter highest lowest increase increases increased increasing decrease "
    "decreases decreased decreasing rise reduce reduces reduced "
    "reduction until till up about approximately nearly almost "
    "vor nach mehr weniger mindestens höchstens mindest höchst über unter innerhalb außerhalb länger kürzer früher "
    "später höher niedriger größer kleiner erhöhen erhöht senken gesenkt bis bevor nachdem etwa "
    "avant après plus moins minimum maximum supérieur supérieure inférieur inférieure antérieur antérieure postérieur "
    "postérieure augmenter augmente réduire réduit jusqu "
    "antes después más menos mínimo máximo mínima máxima mayor menor superior inferior anterior posterior aumentar "
    "reducir hasta"
)
"""Order or compare: what stands before a number and turns it into a bound."""

JOINING = _set(
    # English
    "/ and or either both all any each every some many few several other another between among against from into with "
    "toward towards through although though while whilst whereas because when whenever whether upon once instead even "
    "hardly barely but however save condition fails fail failed failing refuse refuses include includes including "
    "included exclude excludes excluded exclusive inclusive nonexclusive "
    "sole void valid accept accepts accepted reject "
    "rejects rejected terminate terminates commence commences begin begins material materially reasonable reasonably "
    "written orally confidential mutual mutually perpetual irrevocable worldwide aggregate joint jointly severally "
    "directly indirectly automatically immediately significant significantly positive negative left right upper inner "
    "outer proximal distal sensitivity specificity "
    # German
    "und oder alle aller allen alles jede jeder jedes jedem jeden einige einiger manche mancher beide beiden zwischen "
    "gegen mit noch sowohl anstatt statt während sobald solange jemand kaum allein obwohl obgleich trotz jedoch aber "
    "sondern sei denn schriftlich mündlich unmittelbar mittelbar sofort "
    # French
    "et ou tous tout toute toutes chaque quelque quelques certains certaines pendant entre contre avec rien personne "
    "lorsque lorsqu quand tandis malgré dès même quoique bien tant toujours afin condition réserve exception mais "
    "toutefois cependant point écrit écrite immédiatement compris incluant excluant directement indirectement "
    # Spanish
    "y e o u todo toda todos todas cada alguno alguna algunos algunas algún durante entre contra con también siempre "
    "cuando mientras aunque pero sino excepción condición perjuicio escrito incluso incluyendo excluyendo "
    "inmediatamente "
    # Italian, Portuguese, Dutch
    "quando wanneer fino ma mas maar"
)
"""Join, limit or qualify."""

ROLES = _set(
    "seller buyer purchaser vendor supplier customer client provider recipient discloser disclosing receiving lessor "
    "lessee landlord tenant licensor licensee sublicensee employer employee borrower lender company contractor "
    "subcontractor owner agent principal guarantor consultant distributor manufacturer reseller processor controller "
    "assignor assignee grantor grantee party parties affiliate affiliates subsidiary user users author authors he she "
    "it its they them their theirs we us our ours you your yours his her hers him i me my who whom "
    "patient patients control controls placebo treatment intervention men women man woman male female males females "
    "children adults child adult participants participant researchers subjects students teachers parent parents boys "
    "girls mother father "
    "sie ihr ihre ihrem ihren ihrer ihres wir uns unser unsere unserem unseren unserer unseres er ihm ihn sein seine "
    "seinem seinen seiner seines mann frau männer frauen "
    "vous nous votre vos notre nos son sa ses leur leurs "
    "il elle ils elles eux lui mon ma mes vendeur acheteur acquéreur "
    "bailleur preneur locataire prestataire client fournisseur "
    "concédant licencié employeur salarié hommes femmes homme "
    "femme tiers "
    "su sus nuestro nuestra nuestros nuestras él ella ellos ellas usted ustedes vendedor comprador arrendador "
    "arrendatario licenciante licenciatario proveedor cliente empleador empleado hombre mujer hombres mujeres padres "
    "hijos"
)
"""Parties, other roles, and the pronouns that stand for them."""

GUARDED = TURNING | MODAL | MEASURING | COMPARING | JOINING | ROLES

LITTLE = _set(
    "a an the this that these those such of in on at as so "
    "own also thus very well is are was were be been has have had "
    "der die das den dem des dies im am an auf als dass daß ist sind war "
    "le la les l de d du des ce cet cette ces en au aux que qu qui dont est sont c s j m t "
    "el los las lo del al se es son que esta este estos estas"
)
"""Short words that may come, go or change without changing what is said."""

TURNING_SIGNS = frozenset("不未无無非勿没沒莫别別免除仅僅只唯但如若否须須应應得可能必禁")
"""The same as turning and modal words, in Chinese and Japanese characters."""
