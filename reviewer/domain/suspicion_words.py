"""What words that speak to a reading program consist of: concepts, as expressions, in the languages we read.

One concept alone says little: contracts disregard and notify, papers score and instruct. `reviewer.domain.suspicion`
says which of them together, how close, make a passage suspicious.
"""

_BEGINS = r"(?:(?<=[.!?:;,>\]”\"»。！？：，—–-])\s{0,3}|(?:\A|(?<=\n))[ \t>*#|-]*)"
_LEAD = (
    rf"(?:{_BEGINS}(?-i:(?=[A-Z]))|(?<=:\s)(?=\w)|\A|(?<=\n\n)"
    r"|\b(?:please|now|then|simply|instead|just|always|kindly|therefore|immediately|you (?:must|should|shall|will|are to|"
    r"need to|have to|can)(?: also| now| always| then)?|(?:must|should) (?:always |only |now )|only)\s+)"
)
"""Where an order may begin: a sentence, or after *please*, *you must*. Contracts put a party and *shall* there."""

_PROGRAM = (
    r"(?-i:\bA\.?I\.?\b|\bLLMs?\b|\bGPT\b|\bIA\b|\bKI\b|ИИ)|\b(?:large |artificial )?language[- ]models?\b|\bGPT-?\d\w*|\bChatGPT\b|"
    r"\bcopilot\b|\bchat ?-?bots?\b|\bartificial intelligence\b|\bneural networks?\b|\bgenerative models?\b|\bAI\b"
    r"|\b(?:K\.?I|Sprachmodelle?n?|Sprach-KI|künstliche[rn]? Intelligenz)\b"
    r"|\b(?:mod[eè]les? de langage|intelligence artificielle)\b|\b(?:modelos? de lengua(?:je)?|inteligencia artificial)\b"
    r"|\b(?:modell[oi] linguistic[oi]|modell[oi] di linguaggio|intelligenza artificiale)\b"
    r"|\b(?:modelos? de linguagem|inteligência artificial)\b|\b(?:taalmodel(?:len)?|kunstmatige intelligentie)\b"
    r"|人工智能|人工智慧|语言模型|語言模型|大模型|AI ?(?:助手|系统|模型|审阅|审查)|智能助手"
    r"|人工知能|言語モデル|AI ?(?:アシスタント|システム|モデル|レビュー)|생성형|인공 ?지능|언어 ?모델|AI ?(?:시스템|모델|어시스턴트)"
    r"|الذكاء الاصطناعي|نموذج(?:ا)? ?(?:ال)?لغوي|نماذج اللغة|نموذج اللغة|الآلي(?:ة)?"
    r"|языков(?:ая|ые|ой|ым) модел\w+|искусственн\w+ интеллект\w*|нейросет\w+"
    r"|\b(?:yapay zek[aâ]|dil model\w*)|\b(?:sztuczn\w+ inteligencj\w+|model\w* językow\w+)"
)
_PROGRAM_READS = (
    r"\b(?:AI|A\.I\.|LLM|GPT|machine|automated|automatic|algorithmic|computer(?:i[sz]ed)?|software)"
    r"[- ](?:based |assisted |powered |driven |enabled |generated |legal |contract |document |peer |text )*"
    r"(?:read(?:er|ing)s?|review(?:er|ing)?s?|assistants?|analy[sz]ers?|analysts?|screen(?:er|ing)s?|summari[sz](?:er|ation)s?|"
    r"graders?|evaluat(?:or|ion)s?|assess(?:or|ment)s?|classifiers?|agents?|referees?|(?:document |contract )?analysis)"
    r"(?: (?:tool|system|software|program|model|engine|assistant|agent|pipeline)s?)?\b"
    r"|\b(?:this|the|your|any|all|every)? ?(?:contract|document|legal|peer|paper|manuscript)?[- ]?review(?:ing|er)?[- ](?:tool|software|program|engine|"
    r"assistant|model|app|application|bot|agent|AI)s?\b"
    r"|\b(?:KI|AI)-?(?:Systeme?n?|Assistent\w*|Modelle?n?|Prüf\w*|Leser\w*|Tools?|Reviewer)|\bautomati(?:sche|sierte)[rns]? (?:Prüf|Leser|Vertragsprüf)\w*"
    r"|\b(?:relecteur|lecteur|outil|assistant|syst[eè]me)s? (?:automatis[ée]e?s?|automatiques?|d['’]IA|IA|d['’]analyse)"
    r"|\b(?:revisor|lector|asistente|sistema|herramienta|leitor|assistente|ferramenta)(?:es|s)? (?:autom[áa]tic[oa]s?|automatizad[oa]s?|de IA|IA)"
    r"|\b(?:revisor[ei]|lettor[ei]|assistent[ei]|sistem[ai]|strument[oi]) (?:automatic[oi]|automatizzat[oi]|di IA|IA)"
    r"|\b(?:automatische|geautomatiseerde|AI-?) ?(?:lezers?|beoordelaars?|assistent\w*|systemen|systeem)"
    r"|自动(?:审查|审阅|阅读|分析)|自動(?:レビュー|審査|読み取り)|자동 ?(?:검토|분석)|автоматическ\w+ (?:систем|провер|анализ)\w*"
)
_DOCUMENT = (
    r"(?:document|contract|agreement|text|file|paper|manuscript|submission|article|page|section|clause|content|passage|"
    r"nda|lease|terms|draft|pdf|policy)"
)
_FRAME = (
    r"\b(?:read|review|process|analy[sz]|evaluat|assess|summari[sz]|pars|grad|scann?|ingest|examin|check|audit|screen)"
    rf"(?:e|es|ing|s|ers? of|ed by)?\s+(?:of\s+)?(?:this|the|our|these)\s+(?:\w+\s+){{0,2}}{_DOCUMENT}s?\b"
    r"|\breading this\b|\bif you are an? (?:AI|LLM|large|language|model|automated|assistant|bot|machine|chatbot)\b"
    r"|\b(?:dieses|diesen|dieser) (?:Dokuments?|Vertrags?|Text(?:es)?)\b|\bce (?:document|contrat|texte)\b|\beste (?:documento|contrato|texto)\b"
    r"|\bquesto (?:documento|contratto|testo)\b|\bdit (?:document|contract)\b|本(?:合同|文件|文档|协议)|此(?:合同|文件|文档)|この(?:契約|文書|文章)|본 (?:계약|문서)|이 (?:계약|문서)"
    r"|هذا (?:العقد|المستند)|هذه (?:الوثيقة|الاتفاقية)|эт(?:от|ого) (?:договор|документ)\w*"
)
_VOCATIVE = (
    r"\b(?:note|notice|message|instructions?|attention|memo|guidance|directives?|reminder|information|warning|addressed|dear|hello|hi|hey|"
    r"ATTN|intended|meant|only)\s*(?:to|for|:|,|-|—)?\s+(?:(?:the|all|any|every|our|your|whichever|fellow) )*"
    r"(?:(?:AI|LLMs?|GPT|language models?|automated|machine|review(?:ing)?|artificial|reading|summari[sz]ation|chat) ?){1,2}"
    r"(?:models?|assistants?|software|tools?|agents?|programs?|engines?|systems?|bots?|reviewers?|readers?|intelligence)?\b"
    r"|\b(?:if you are|as) an? (?:AI|LLM|large language model|language model|AI assistant|automated|chatbot)\b"
    r"|\b(?:dear|hello|hi|hey) (?:assistant|model|bot|reviewer)\b"
    r"|\b(?:Hinweis|Anweisung|Achtung|Nachricht|An)(?:en)?(?: an| für)?:? (?:(?:die|alle|den|das|jede[sn]?) )*(?:KI|AI|Sprachmodell)"
    r"|\b(?:note|attention|instructions?|message|avis)(?: (?:à|aux?|pour|destinée?s? aux?))+ (?:(?:les?|l['’]|tous les) ?)*(?:IA|mod[eè]les?|assistants?)"
    r"|\b(?:nota|aviso|atención|instruccion\w*|mensaje|atenção|instruç\w+|mensagem|attenzione|istruzion\w+|messaggio)(?: (?:a|al|para|per|ai|às?|aos?|alla|le))+ (?:(?:la|las|los|as|os|le|il|todas|todos) )*(?:IA|modelos?|asistentes?|assistentes?|modelli|AI)"
    r"|\b(?:instructie|bericht|let op|aan)(?: aan| voor)? (?:(?:de|het|alle) )*(?:AI|taalmodel)"
    r"|(?:致|给|提示|注意)[^。\n]{0,6}(?:AI|人工智能|语言模型|模型|助手)|AI[^。\n]{0,6}(?:への|向け)(?:指示|注意|メモ)?|AI[^.\n]{0,6}(?:에게|용)"
    r"|(?:ملاحظة|تعليمات|تنبيه|رسالة) (?:إلى|ل)[^.\n]{0,12}(?:الذكاء|نموذج|النماذج)|(?:инструкци|внимани|сообщени|примечани)\w+[^.\n]{0,8}(?:ИИ|нейросет|модел)"
)
_MODAL = (
    r"\b(?:must|should|shall|will|are to|is to|are (?:hereby )?(?:required|instructed|directed|asked|requested|advised|reminded|ordered|obliged|permitted|expected)|"
    r"is (?:hereby )?(?:required|instructed|directed|asked|requested)|need not|may not|can|please|do not|don['’]t|never|kindly|ought to|has been|have been)\b"
    r"|\b(?:müssen|muss|sollen|soll|dürfen|bitte|haben|hat)\b|\b(?:doi(?:t|vent)|devez|veuillez|est prié|sont pri[ée]s)\b|\b(?:deben?|debe|deberán?|favor|tienen?)\b"
    r"|\b(?:dev(?:e|ono)|si prega)\b|\b(?:devem?|deverão|favor)\b|\b(?:moet(?:en)?|dient|dienen|gelieve)\b|必须|应当|应该|请|務必|ください|なければならない|すべき|必ず|하십시오|하세요|해야|يجب|يرجى|должн\w+|следует|обязан\w+"
)
_OVERRIDES = (
    r"ignor(?:e|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|ing)|bypass|set aside|discard|neglect|overrule|suspend|drop|erase|abandon|"
    r"(?:stop|cease|quit) (?:following|applying|obeying|using)|(?:do not|don['’]t|never|no longer) (?:follow|apply|obey|comply with|use|rely on|heed)|"
    r"pay no (?:attention|heed)(?: to)?|throw (?:out|away)"
)
_OVERRIDE_ELSEWHERE = (
    r"\b(?:ignorier(?:en Sie|e|t)|missacht(?:en Sie|e|et)|vergiss|vergessen Sie|verg[ei]sst|übergeh(?:en Sie|e)|lass(?:en Sie|e)? [^.\n]{0,50}außer Acht|beachte(?:n Sie)? [^.\n]{0,60} nicht)\b"
    r"|\b(?:ignorez|ignore\s+(?:toutes?|tous|les|todas?|todos|las|los|cualquier|tutte|tutti|le|ogni|as|os|qua\w+)|oubli(?:ez|e)|(?:ne )?(?:tenez|tiens) pas compte|fai(?:tes|s) abstraction|négligez)\b"
    r"|\b(?:ignor(?:a|en|ad)\b|olvid(?:a|e|en)|ha(?:z|ga|gan) caso omiso|descart(?:a|e|en)|no (?:sigas?|tengas? en cuenta|tenga en cuenta))\b"
    r"|\b(?:ignor(?:a|ate|i|ino)|dimentic(?:a|ate|hi)|tralasci(?:a|ate|are)|non (?:tenere|tenga|tenete|seguire) )\b"
    r"|\b(?:ignor(?:em|ar)|desconsider(?:e|em)|esque(?:ça|çam)|desprez(?:e|em))\b|\b(?:negeer|vergeet|sla [^.\n]{0,30} over)\b"
    r"|忽略|無視|无视|忘记|忘掉|不要理会|不理会|不要遵守|忘れ(?:て|ろ|よ)|무시하|무시해|잊어|잊고|따르지 마|تجاهل(?:وا|ي)?|انس(?:َ|وا)?\b|игнориру(?:й|йте)|забудь(?:те)?|не обращай(?:те)? внимания|отбрось(?:те)?"
    r"|\b(?:yok say|görmezden gel|unut)\w*|\b(?:zignoruj|zapomnij|pomiń)\w*"
)
_ORDERS = (
    r"\b(?:previous|prior|earlier|above|preceding|all|any|your|every|other|system|original|initial|given|existing|foregoing|those|these|"
    r"standing|current|default|built-in)\s+(?:\w+\s+){0,3}?"
    r"(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|commands?|orders|constraints?|playbooks?|rubrics?|safeguards?|"
    r"training|programming|restrictions|checklist|task)\b"
    r"|\b(?:instructions?|prompts?|rules?|guidelines?|directives?|commands?|playbooks?|rubrics?)\s+(?:\w+\s+){0,2}?(?:above|before|you (?:were|have been|received|got))"
    r"|\b(?:everything|anything|all|whatever|what|the (?:text|rules|guidelines|things))\s+(?:that\s+|which\s+)?(?:came before|precedes|(?:was |is |were )?(?:said|written|stated|above|told)|"
    r"you(?:['’]ve| were| have)? (?:been )?(?:told|asked|instructed|given|learned))|\bsystem (?:prompt|message)\b|\bthe (?:system )?prompt\b"
    r"|\b(?:Anweisung|Instruktion|Vorgabe|Regel|Prompt|Richtlinie|Befehl)(?:en|e|s|n)?\b|\b(?:instructions?|consignes?|règles?|directives?|invites?)\b|\b(?:instrucci[óo]n(?:es)?|reglas?|indicaciones|directrices|órdenes)\b"
    r"|\b(?:istruzion[ei]|regol[ae]|direttiv[ae]|indicazion[ei])\b|\b(?:instruç(?:ão|ões)|regras?|orientações|diretrizes)\b|\b(?:instructies?|regels?|opdrachten|aanwijzingen)\b"
    r"|指令|指示|规则|規則|提示词|要求|命令|ルール|プロンプト|지시|명령|규칙|프롬프트|التعليمات|الأوامر|القواعد|инструкци\w+|указани\w+|правил\w+|команд\w+|\b(?:talimat|kural)\w*|\b(?:instrukcj|poleceni|zasad)\w*"
)
_ANSWERS = (
    r"answer|respond|reply|output|return|print|write|say|report|classify|rate|mark|score|label|conclude|assign|give|state|assess|"
    r"judge|grade|treat|consider|recommend|accept|approve|declare|emit|produce|set|award|rank|evaluate|describe|list|select|choose|record|"
    r"confirm|find|endorse|summari[sz]e|deem|certify|regard|issue|provide|present|categori[sz]e"
)
_ANSWER_ELSEWHERE = (
    r"\b(?:antwort(?:en Sie|e|et)|bewert(?:en Sie|e|et)|stuf(?:en Sie|e|t) [^.\n]{0,60} ein|(?:geben Sie|gib)|markier(?:en Sie|e|t)|schreib(?:en Sie|e)|einzustufen|zu bewerten|erklär(?:en Sie|e)|melden Sie|melde|empf[ei]hl\w*)\b"
    r"|\b(?:répond(?:ez|s)|évalu(?:ez|e)|not(?:ez|e[rz])|class(?:ez|e[rz])|donn(?:ez|e)|indiqu(?:ez|e)|marqu(?:ez|e)|considér(?:ez|er)|écri(?:vez|s)|concl(?:uez|us)|recommand(?:ez|e))\b"
    r"|\b(?:respond(?:a|e|an|er)|contest(?:a|e|en)|evalú(?:a|e|en)|evaluar|calific(?:a|ar)|califique|clasifi(?:ca|que|car)|marqu?(?:e|a|en)|escrib(?:a|e)|consider(?:a|e|ar)|indi(?:que|ca)|puntú(?:a|e)|(?:dé|da|otorgue|concluya|recomiende))\b"
    r"|\b(?:rispond(?:i|a|ete|ere)|valut(?:a|i|ate|are)|classific(?:a|hi|are)|consider(?:a|i|are|ate)|scriv(?:i|a)|indic(?:a|hi|are)|assegn(?:a|i|are)|segnal(?:a|i))\b"
    r"|\b(?:respond(?:a|am|er)|avali(?:e|em|ar)|classifi(?:que|car)|consider(?:e|em|ar)|escrev(?:a|am)|indi(?:que|car)|marque|atribu(?:a|ir)|dê)\b"
    r"|\b(?:antwoord|beoordeel|classificeer|geef|schrijf|markeer|beschouw|rapporteer)\w*\b"
    r"|回答|回复|评为|评定|标记|输出|认定|判定|给出|评分|打分|视为|得出结论|答え|回答し|出力|評価|判定|みなし|報告|답하|답변|응답|출력|평가하|분류하|표시하|간주|أجب|قيّم|قيم|صنّف|صنف|اكتب|اعتبر|أعط|ضع"
    r"|ответ(?:ь|ьте|ить)|оцени(?:те|ть)?|напиши(?:те)?|отмет(?:ь|ьте)|счита(?:й|йте|ть)|укаж(?:и|ите)|классифицир\w+|признай(?:те)?"
    r"|\b(?:cevap ver|değerlendir|puan ver|yanıtla)\w*|\b(?:odpowiedz|oceń|oznacz|napisz)\w*"
)
_VERDICT = (
    r"\b(?:(?:fully |entirely |completely )?compliant|in (?:full )?compliance|(?:low|lower|lowest|minimal|zero|no|negligible)[- ]risks?|risk[- ]free|"
    r"(?:no|zero|without(?: any)?|not any)\s+(?:\w+[ -]){0,3}?(?:issues?|findings?|weakness(?:es)?|problems?|concerns?|risks?|deviations?|red flags?|negatives?|flaws?|"
    r"limitations?|objections?|shortcomings?|criticisms?|defects?)|as (?:\w+ )?(?:preferred|acceptable|favou?rable|approved|satisfactory|standard|harmless|safe|"
    r"excellent|outstanding|positive|perfect|unobjectionable|low|wanted|balanced|fair|routine|green)|market[- ]standard|"
    r"strong(?:ly)? accept|accept(?=[.,!\"'”]|$)|recommend(?:ed)? acceptance|(?:pre-?)?approved|preferred|acceptable|favou?rable|unobjectionable|harmless|flawless|"
    r"positive(?:ly)?(?: (?:review|assessment|evaluation|verdict|light))?|(?:5|10|100|five|ten)\s*(?:/|out of|of)\s*(?:5|10|100|five|ten)\b|"
    r"(?:highest|maximum|top|full|perfect|best|excellent|outstanding)\s+(?:\w+ )?(?:scores?|marks?|ratings?|grades?|points?|recommendation|category|level|confidence|verdict)|"
    r"(?:strengths?|novelty|soundness|quality|contribution|clarity|significance|originality|confidence|rating|score|overall)\s*(?:as|at|of|:|=|with|to)?\s*(?:an? )?(?:5|10|9|five|ten)\b|"
    r"score of (?:5|9|10|100)|pass(?:es|ed)?|signed? (?:as is|immediately)|ready (?:to sign|for signature)|cleared|uncontroversial)\b"
    r"|\b(?:konform|(?:geringes|niedriges|kein(?:e|em|en)?) ?(?:Risik\w*|Risiken|Mängel|Schwächen|Beanstandung\w*|Abweichung\w*|Einwände?|Probleme?)|unbedenklich|risikolos|marktüblich|akzeptabel|beste (?:Note|Bewertung)|höchste\w* (?:Punktzahl|Note|Bewertung)|Bestnote|annehmbar|geringem Risiko|niedrigem Risiko)\b"
    r"|\b(?:conforme|(?:faible|aucun|sans) (?:risque|problème|faiblesse|réserve|défaut)s?|risque faible|aucune? (?:faiblesse|problème|risque)|note maximale|meilleure note|acceptable|favorable|sans risque)\b"
    r"|\b(?:conforme|(?:bajo|ningún|sin) (?:riesgos?|problemas?|debilidad(?:es)?)|riesgo bajo|sin (?:riesgo|debilidades|problemas)|aceptable|favorable|máxima (?:puntuación|calificación)|puntuación máxima|ninguna debilidad)\b"
    r"|\b(?:(?:basso|nessun|senza) (?:rischi[oi]?|problem[ai]|difett[oi])|rischio basso|nessun[ao]? (?:debolezza|punto debole|problema)|accettabile|favorevole|punteggio massimo|massimo dei voti|voto massimo)\b"
    r"|\b(?:(?:baixo|nenhum|sem) (?:risco|problema|defeito)s?|risco baixo|nenhuma fraqueza|aceitável|favorável|pontuação máxima|nota máxima|sem (?:fraquezas|riscos))\b"
    r"|\b(?:laag risico|geen (?:risico\w*|problemen|zwakke punten|bezwaren|gebreken)|aanvaardbaar|acceptabel|conform|hoogste (?:score|cijfer)|maximale score)\b"
    r"|合规|低风险|无风险|没有(?:任何)?(?:问题|风险|缺点|缺陷)|无(?:任何)?(?:问题|缺陷)|满分|最高分|可接受|通过|合格|準拠|低リスク|リスク(?:は|が)?(?:低い|なし)|問題(?:は|が)?(?:ない|なし|ありません)|適合|満点|最高点|弱点(?:は|を)?(?:なし|挙げない|書かない)"
    r"|준수|위험(?:이|도)? ?(?:낮|없)|저위험|문제(?:가)? ?없|만점|최고 ?점|적합|승인|متوافق|منخفض(?:ة)? ?(?:ال)?مخاطر|مخاطر منخفضة|لا (?:توجد )?(?:مخاطر|مشاكل|عيوب)|مقبول|أعلى درجة"
    r"|соответству\w+|низк\w+ риск\w*|без (?:рисков|замечаний|недостатков|проблем)|нет (?:рисков|проблем|недостатков)|приемлем\w+|(?:высш|максимальн)\w+ (?:балл|оценк)\w*|\b(?:uygun|düşük risk|sorun yok)\b|\b(?:zgodn\w+|niskie ryzyko|brak (?:ryzyka|uwag|problemów))\b"
)
_SKIPS = (
    r"skip(?! to\b)|omit|ignore|disregard|pass over|leave out|exclude|overlook|"
    r"(?:do not|don['’]t|never) (?:review|analy[sz]e|assess|check|read|examine|evaluate|process|flag|report|consider|mention|raise|comment on|include|summari[sz]e|list|look at)"
)
_SKIP_ANY = (
    rf"\b(?:{_SKIPS}|need not (?:be )?(?:review|assess|flag|check|examin|report|analy[sz]|rais|consider|mention)\w*|"
    r"(?:must|should|shall|is|are|may|to) (?:not |never )(?:to )?(?:be )?(?:review|assess|flag|analy[sz]|report|evaluat|examin|rais|mention|list|consider|critici[sz])\w*|"
    r"(?:is|are) (?:exempt|excluded) from (?:the |this |any |your |all )?(?:automated )?(?:review|analysis|assessment|scrutiny)|"
    r"(?:refrain from|without|avoid) (?:review|assess|flagg|analy[sz]|report|rais|mention|list|critici[sz])\w*)\b"
    r"|\b(?:überspring(?:en Sie|e|t)|nicht (?:zu )?(?:prüfen|geprüft|bewerten|erwähnen|melden|beanstanden)|auszulassen|lass(?:en Sie|e) [^.\n]{0,40} aus)\b"
    r"|\b(?:sautez|omettez|n['’](?:analysez|examinez|évaluez) pas|ne (?:signalez|mentionnez|vérifiez|relevez) (?:pas|aucun\w*))\b"
    r"|\b(?:omit(?:a|e)|salt(?:e|a|ese)|no (?:revis(?:e|es|ar)|analic(?:e|es)|menciones?|informes?|evalú(?:e|es)|señal\w+))\b"
    r"|\b(?:salt(?:a|are|i)|omett(?:i|a|ere)|non (?:analizzare|esaminare|valutare|segnalare|menzionare|rivedere))\b|\b(?:pule|omit(?:a|ir)|não (?:analise|avalie|mencione|reporte|revise|examine))\b|\b(?:sla [^.\n]{0,40} over|niet (?:beoordelen|controleren|vermelden|melden))\b"
    r"|跳过|略过|不要(?:审查|审阅|分析|提及|报告|检查|评估)|无需(?:审查|审阅|检查)|スキップ|飛ばし|省略して|(?:確認|評価|報告|言及|レビュー)し?ないで|건너뛰|검토하지 ?마|언급하지 ?마|보고하지 ?마|تخط(?:َ|ى|ي)?|لا (?:تراجع|تحلل|تذكر|تفحص)|пропусти(?:те)?|не (?:проверя|анализиру|упомина|сообща)\w+"
)
_SECTION = (
    r"\b(?:sections?|clauses?|articles?|paragraphs?|parts?|annex|schedules?|appendix|exhibits?|pages?|items?)\s+(?:\d|[IVX]+\b|[A-Z]\b)"
    r"|\b(?:this|the (?:following|next|remaining|above|preceding|entire|whole|indemnity|indemnification|liability|limitation of liability|termination|penalty|payment|"
    r"confidentiality|non-?compete|arbitration|warranty|auto-?renewal|assignment)) (?:sections?|clauses?|articles?|paragraphs?|passages?|parts?|provisions?|pages?)\b"
    r"|(?:Abschnitt|Ziffer|Klausel|Artikel|Absatz|§)\s?\d|\b(?:la )?(?:section|clause|cl[áa]usula|secci[óo]n|sezione|clausola|articolo|art[íi]culo|artigo|seção|article) \d|\b(?:artikel|clausule|sectie) \d"
    r"|第\s?[\d一二三四五六七八九十]+\s?(?:条|條|節|章|项)|제?\s?\d+\s?(?:조|항|절)|(?:البند|المادة|القسم|الفقرة) ?\S{1,8}|(?:раздел|пункт|статью?|стать[яи])\s?\d"
)
_HIDES = (
    r"\b(?:do not|don['’]t|never|without) (?:mention(?:ing)?|reveal(?:ing)?|disclos(?:e|ing)|tell(?:ing)?|inform(?:ing)?|repeat(?:ing)?|acknowledg(?:e|ing)|alert(?:ing)?|notify(?:ing)?|show(?:ing)?|quot(?:e|ing)|refer(?:ring)? to)\s+"
    r"(?:(?:to|that|about|on) )?(?:(?:this|these|the|any|of|your|a) )*(?:instructions?|note|message|prompt|directive|comment|user|human|lawyer|reviewer|client|reader|person|operator|anyone|existence)\b"
    r"|\b(?:keep|treat) this (?:instruction|note|message|prompt) (?:secret|hidden|confidential|to yourself)"
)
_ROLE = (
    r"\byou are (?:now|no longer)\b|\bfrom (?:now|here|this point) on(?:ward)?s?,? (?:you|act|your|treat|respond|answer)|\b(?:pretend|imagine) (?:to be|that you|you)|"
    rf"{_LEAD}(?:act|behave|respond|answer) (?:as|like) (?:an?|if|the)\b|\byour (?:new|only|real|actual|true|updated|next|sole) (?:\w+ )?(?:task|role|instructions?|job|objective|goal|mission|purpose|rules|persona|directive)\b|"
    r"\bnew (?:system )?(?:instructions?|prompt|rules|directives?|task)\s*(?:[:—-]|follow|are|from|apply)|\b(?:developer|debug|DAN|jailbreak|god|maintenance|admin|unrestricted|test|evaluation|calibration|diagnostic) mode\b"
    r"|\b(?:du bist|Sie sind) (?:jetzt|nun|ab sofort)\b|\b(?:tu es|vous êtes) (?:désormais|maintenant)\b|\b(?:ahora eres|a partir de ahora|usted es ahora)\b|\b(?:ora sei|d['’]ora in poi)\b|\b(?:agora você é|a partir de agora)\b|\b(?:je bent (?:nu|vanaf nu)|vanaf nu)\b"
    r"|你现在是|从现在(?:开始|起)|あなたは(?:今|これ)から|これからあなた|당신은 이제|지금부터|أنت الآن|من الآن|ты теперь|вы теперь|с этого момента"
)
_YOU_MUST = r"\byou (?:must|should|shall|will|are to|are required to|need to|have to|are instructed to|may only)(?: now| only| always| instead)? (?:answer|respond|reply|output|return|rate|mark|score|classify|ignore|disregard|treat|approve|report|say|write|conclude|give|accept|skip|recommend|follow)\b"
_SYSTEM = (
    r"(?:\A|(?<=\n))[ \t]*(?:[#>*=_-]{1,6}[ \t]*|[\[<(]{1,2}/?)?(?:(?:new|updated?|important|begin|start of|hidden|secret|end|internal|urgent)[ \t]+)?"
    r"(?:system|developer|admin(?:istrator)?|root|assistant|AI|model|chatbot|gpt|user|human|instructions?|System|Assistent|Système|Sistema|系统|系統|助手|システム|アシスタント|시스템|어시스턴트|النظام|Система)"
    r"(?:[ \t]*(?:prompt|message|instructions?|note|notice|override|update|role|turn|response|reply|output|answer|提示|消息|指令|メッセージ|메시지))?(?:[ \t]+(?:to|for)[ \t][^:\n]{1,40})?"
    r"[ \t]*(?:[\])>]{1,2}|[*=_-]{1,6})?[ \t]*(?:[:：>\n]|(?=\]|>))"
    r"|[.!?\"”)][ \t]+(?-i:SYSTEM|ASSISTANT|Assistant|System)(?: (?:prompt|message|PROMPT|MESSAGE|OVERRIDE|override|NOTE))?:"
)
_END = (
    r"\bend of (?:the |this |user |customer )*(?:document|contract|agreement|text|input|paper|file|content|message|data|material|context|excerpt|submission|manuscript|prompt|review|section|part)(?: text| content| body)?\b"
    r"|\b(?:document|contract|text|input|material|paper|agreement|excerpt) ends(?: here)?\b|\bEOF\b|\bEOD\b|</(?:document|contract|text|input|user|context|material|content|paper|data|untrusted\w*|source)>"
    r"|={3,}[ \t]*[0-9a-f]{8,}[ \t]*={3,}|\"{3,}|`{3,}|\bEnde (?:des|der) (?:Dokuments?|Vertrags|Textes)\b|\bfin du (?:document|contrat|texte)\b|\bfin del (?:documento|contrato|texto)\b|\bfine del (?:documento|contratto|testo)\b|\bfim do (?:documento|contrato|texto)\b|\beinde van (?:het|de) (?:document|contract|tekst|overeenkomst)\b"
    r"|(?:文件|文档|合同|文本)(?:到此)?(?:结束|完)|(?:文書|契約|文章)(?:は)?(?:ここで)?(?:終わり|終了)|(?:문서|계약)(?:의)? ?(?:끝|종료)|نهاية (?:المستند|الوثيقة|العقد|النص)|конец (?:документа|договора|текста)"
)
_AUTHORITY = (
    r"\b(?:notes?|notices?|messages?|memo|bulletin|advisory|update|statement|instructions?|announcement|communication|guidance|directive)\s+(?:from|by|of|issued by|on behalf of)\s+"
    r"(?:the |your |our |this )*(?:\w+[- ]){0,3}?(?:vendors?|providers?|developers?|manufacturer|publisher|makers?|operators?|administrators?|support|OpenAI|Anthropic|Google|Microsoft|Meta|Mistral|engineering|creators?|court|judge|tribunal|regulator)\b"
    r"|\b(?:tool|software|reviewer|product|platform|system|model|AI|plug-?in|app)[- ](?:vendor|provider|developer|manufacturer|publisher|administrator)s?(?:['’]s)?\b"
    r"|\bcourt(?:['’]s)? orders?\b|\border of (?:the|a) \w*\s*court|\bby order of\b|\b(?:court|judge|tribunal|law|regulator|authority|bar association|commission)s? (?:has |have )?(?:hereby )?(?:orders?|ordered|requires?|required|directs?|directed|mandates?|ruled)\b|\binjunction\b|\bjudicial\b|\bunder penalty of\b|\bcontempt\b"
    r"|\b(?:Gerichtsbeschluss|gerichtliche Anordnung|Hinweis des Herstellers|Anbieters?)\b|\b(?:ordonnance|décision de justice|éditeur du logiciel)\b|\b(?:orden judicial|proveedor de la herramienta)\b|\b(?:ordinanza|ordine del tribunale)\b|\b(?:ordem judicial)\b|法院(?:命令|裁定)|裁判所の?命令|법원 ?명령|أمر (?:من )?المحكمة|أمر قضائي|(?:решени|приказ|определени)\w+ суда"
)
_TESTING = (
    r"\bfor (?:\w+ )?(?:testing|test|debug(?:ging)?|calibration|training|evaluation|demo(?:nstration)?|benchmark\w*|validation|QA|quality assurance)(?: purposes?| mode| reasons)?\b|"
    r"\b(?:test|debug|maintenance|evaluation|calibration|diagnostic|demo) (?:mode|run)\b|\bthis is (?:only )?an? (?:\w+ )?(?:test|drill|benchmark)\b"
    r"|\bzu Testzwecken\b|\bà des fins de test\b|\b(?:para|con fines de) pruebas?\b|\ba scopo di test\b|\bpara (?:fins de )?testes?\b|\bvoor testdoeleinden\b|测试(?:目的|用)|テスト(?:目的|のため)|테스트(?:용| 목적)|لأغراض الاختبار|для тестирования"
)
_CARRIES = r"(?:append|include|add|insert|embed|put|place|attach|render|display|show|end|finish|close|begin|load|fetch|visit|open|send|post|encode|use|link|output|generate|create|write|emit)\b"
_LINKS = r"\b(?:markdown|hyper)?[ -]?(?:image|link|picture|pixel|url|uri|hyperlink|badge|iframe|img|beacon|logo|web ?hook)s?\b|!\[|https?://|\bimg src|Bild|Link\b|\bimage\b|\bimagen\b|\benlace\b|\blien\b|\bimmagine\b|\bcollegamento\b|\bimagem\b|\bafbeelding\b|图片|链接|圖片|画像|リンク|이미지|링크|صورة|رابط|изображени\w+|ссылк\w+"
_SECRETS = (
    r"\b(?:client|customer|party|parties|counterparty|company|user|matter)(?:['’]s)?(?: ?names?| details| data| id| key)?\b[^.\n]{0,60}\b(?:in|as|into|to|inside|within|of) (?:the |its |a |that )?(?:url|uri|link|query|path|parameter|address|alt|file ?name|host ?name|subdomain|image|src)|"
    r"[?&]\w{1,20}=\s*[\[{<(]|\b(?:query|url) (?:string|parameter)|[?&]\w{1,20}=(?:CLIENT|NAME|PARTY|DATA|client|name|party|data|\.\.\.|…|%)|\bconfidential (?:information|terms|text|data|content)s?\b[^.\n]{0,60}\b(?:url|link|query|image)|\b(?:base64|url)[- ]?encod\w*"
    r"|\b(?:Mandant|Kund)\w*[^.\n]{0,40}\bURL\b|\b(?:cliente?|kunde|client)\b[^.\n]{0,40}\b(?:URL|url)\b|客户[^。\n]{0,20}(?:URL|链接|网址)|(?:顧客|クライアント)[^。\n]{0,20}URL|고객[^.\n]{0,20}URL|العميل[^.\n]{0,30}(?:URL|الرابط)|клиент\w*[^.\n]{0,40}(?:URL|ссылк\w+)"
)
_REPLIES = r"\b(?:your|the|every|each|any|all|this) (?:\w+ )?(?:answers?|repl(?:y|ies)|responses?|summar(?:y|ies)|outputs?|reports?|reviews?|rationales?|findings?|assessments?|analysis|explanations?|quotes?|conclusions?|verdicts?)\b|\b(?:deiner?|Ihrer?|jeder) (?:Antwort|Zusammenfassung|Bewertung)\b|\b(?:votre|ta|chaque) (?:réponse|résumé|synthèse)\b|\b(?:su|tu|cada) (?:respuesta|resumen)\b|\b(?:tua|sua|ogni) (?:risposta|sintesi|riassunto)\b|\b(?:sua|cada) (?:resposta|resumo)\b|\b(?:je|uw|elk) (?:antwoord|samenvatting)\b|(?:你的|您的)?(?:回答|回复|答复|摘要|总结)(?:中|末尾|里|最后|后)|(?:回答|返信|要約)(?:の)?(?:最後|末尾|に)|(?:답변|응답|요약)(?:의)? ?(?:끝|마지막|에)|(?:إجابتك|ردك|ملخصك)|(?:ваш\w*|твой|твоему|каждо\w+) (?:ответ|отзыв|резюме)\w*"
_DECODES = (
    r"\b(?:decode|decrypt|decipher|unscramble|deobfuscate|rot-?13|base-?64|unbase64|hex-?decode)\b[^.\n]{0,80}\b(?:obey|follow|execute|run|comply|perform|apply|carry out|do what|act|instructions?|commands?|as (?:your|an) )"
    r"|\b(?:obey|follow|execute|run|perform|apply|carry out)\b[^.\n]{0,60}\b(?:decod|decrypt|encod|base-?64|rot-?13|hex|cipher)\w*"
    r"|\b(?:dekodier|entschlüssel)\w*[^.\n]{0,60}(?:befolg|ausführ|führ)\w*|\bdécod\w+[^.\n]{0,60}(?:obéi|exécut|sui[vs]|appliqu)\w*|\bdecodific\w+[^.\n]{0,60}(?:obed|ejecut|sig[au]|esegu|segu|execut|cumpl|obbed)\w*|\bdecodeer\w*[^.\n]{0,60}(?:volg|voer|gehoorza)\w*|解码[^。\n]{0,30}(?:执行|遵守|遵循|服从)|デコード[^。\n]{0,30}(?:従|実行)|디코딩[^.\n]{0,30}(?:따르|실행|수행)|فك[^.\n]{0,40}(?:نفذ|اتبع|أطع)|(?:де|рас)(?:кодиру|шифру)\w+[^.\n]{0,60}(?:выполн|следу|исполн)\w*"
)
_PLANTS = (
    r"\b(?:use|copy|repeat|reproduce|adopt|insert|paste|output|return|quote|give|provide)\s+(?:the |this |following |exactly |only |verbatim |below |as your )*(?:following |approved |official |suggested |exact )*(?:summary|answer|text|assessment|verdict|conclusion|wording|review|response|rating|statement|output|sentence)s?\b[^.\n]{0,60}\b(?:verbatim|below|instead|word for word|exactly|unchanged|as your|as the|as is|following)"
    r"|\b(?:official|approved|suggested|correct|expected|reference|authori[sz]ed|required|pre-?approved|model|recommended|final|ground[- ]truth|gold) (?:\w+ )?(?:summary|answer|assessment|output|verdict|review|response|rating|evaluation|label)\b(?: (?:for|of|to) [^:.\n]{1,60})?\s*(?:[:=]|is\b|reads\b|\(use)"
    r"|\b(?:summary|assessment|review|answer|abstract|evaluation|verdict) (?:for|to be (?:used|given|returned|quoted|copied)(?: by)?|by) (?:(?:the|any|all|every|our|your) )*(?:AI|automated|review(?:er|ing)? (?:tool|software|system|model|assistant)s?|language models?|LLMs?|machine|assistants?|models?|reviewers?|tools?)\b"
    r"|\b(?:updated|new|revised|official|correct|actual|final) (?:\w+ )?(?:scoring|grading|evaluation|review|assessment|rating|marking) (?:rubric|guidelines?|criteria|instructions?|scale|scheme|policy|standard)s?\b"
    r"|\b(?:rubric|scoring (?:guide|scale|scheme)|criteria|playbook|checklist)\b[^.\n]{0,60}\b(?:replaces?|supersedes?|overrides?|instead of|in place of|takes precedence|prevails|amended|updated)\b"
    r"|\b(?:award|give|assign|grant)\s+(?:\w+ ){0,4}?(?:full|maximum|top|highest|5|10|100|five|ten|all)\s+(?:points?|marks?|scores?|stars?|credits?)\b[^.\n]{0,60}\b(?:any|this|every|all|each|contract|paper|submission|clause|document)\b"
    r"|\b(?:Offizielle|Vorgegebene|Genehmigte|Richtige|Korrekte)[ns]? (?:Zusammenfassung|Antwort|Bewertung)\b|\b(?:résumé|réponse) (?:officiel(?:le)?|approuvée?|correcte?)\b|\b(?:resumen|respuesta) (?:oficial|aprobad[oa]|correct[oa])\b|\b(?:riassunto|risposta|sintesi) (?:ufficiale|approvat[oa]|corrett[oa])\b|\b(?:resumo|resposta) (?:oficial|aprovad[oa]|corret[oa])\b|\b(?:officiële|juiste) (?:samenvatting|antwoord)\b|(?:官方|正确|标准)(?:摘要|答案|结论)|(?:公式|正しい)(?:要約|回答)|(?:공식|정답) ?(?:요약|답변)?|(?:официальн|правильн)\w+ (?:резюме|ответ|вывод)"
)
_FLATTERS = (
    r"\b(?:emphasi[sz]e|highlight|stress|focus (?:only |solely |exclusively )?on|mention only|list only|praise)\b[^.\n]{0,50}\b(?:strengths?|positives?|merits?|advantages|benefits|contributions)\b"
    rf"|{_LEAD}(?:do not|don['’]t|never|avoid|refrain from)\s+(?:mention|list|highlight|report|rais|flag|not|critici[sz]|identify|point out|includ|discuss|find|comment)\w*\b[^.\n]{{0,40}}\b(?:weakness|negatives?|limitations?|flaws?|issues?|concerns?|risks?|problems?|shortcomings?|criticism|drawbacks?)"
    r"|\b(?:positive|favou?rable|glowing) (?:review|assessment|evaluation|recommendation|rating)s? only\b|\bonly (?:a )?(?:positive|favou?rable) (?:review|assessment|evaluation|comment|feedback)s?"
    r"|\b(?:list|give|report|name|mention|find|note|state|identify|raise|flag|include) (?:no|zero) (?:weakness|issue|finding|problem|concern|risk|negative|limitation|deviation|flaw|red flag)\w*"
)
_DONE = r"\bI(?:['’]ve| have)? (?:carefully |now |thoroughly )?(?:review(?:ed)?|analy[sz]ed?|read|assess(?:ed)?|examin(?:ed)?|check(?:ed)?|find|found|rate|conclude)\b|\b(?:my|the) (?:final )?(?:assessment|verdict|conclusion|answer|analysis)(?: is|:)|\b(?:contract|document|agreement|paper|clauses?) (?:is|are) (?:fully |entirely |all )?(?:compliant|acceptable|low[- ]risk|preferred|approved|safe|standard)|\bUnderstood\b|\bSure[,!]|\bOf course[,!]"
_JSON = r"[{\[]\s*[\"'“](?:judgements?|outcome|verdict|answer|result|rating|risk(?:_level|_score)?|score|findings|statements|sentences|segments|decision|assessment|compliant|compliance|route|status)[\"'”]\s*:\s*[\"'“\[{\d]"
_TOKENS = (
    r"<[|｜][A-Za-z_▁ ]{2,40}[|｜]?>|<[A-Za-z_]{2,30}[|｜]>|\[/?INST\]|<</?SYS>>|<(?:start|end)_of_turn>|\[\|(?:user|assistant|system|endofturn)\|\]|"
    r"<(?:START|END)_OF_TURN_TOKEN>|\[/?(?:SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS)\]|<seed:bos>|\]~b\]|<eo[ham]>|</?tool_call>"
    r"|(?:\A|(?<=\n))[ \t]*#{2,3} (?:Instruction|Response|System|Input)s?:|</?(?:system|assistant|instructions?|system[_-]prompt)>"
)
_SHOUTS = (
    r"(?-i:\b(?:COMPLIANT|PREFERRED|APPROVED?|LOW RISK|NO ISSUES|ACCEPT(?:ABLE|ED)?|PASS|STRONG ACCEPT|NO FINDINGS|NO RISK|SAFE|GREEN|KONFORM|CONFORME|UNBEDENKLICH)\b)"
    r"|[\"“'‘«](?:compliant|preferred|approved|acceptable|low[- ]risk|no[- _]issues?|accept|pass|safe|green|konform|conforme|satisfied|no deviation)[\"”'’»]"
)

EXPRESSIONS: dict[str, str] = {
    "token": _TOKENS,
    "override": rf"{_LEAD}(?:{_OVERRIDES})\b|{_OVERRIDE_ELSEWHERE}",
    "override_any": rf"\b(?:{_OVERRIDES})\b|{_OVERRIDE_ELSEWHERE}",
    "override_last": r"無視|忘れ|忘记|무시하|무시해|잊고|잊어|따르지 마",
    "orders": _ORDERS,
    "void": r"\b(?:no longer|do(?:es)? not|don['’]t) (?:apply|valid|hold|count|matter)|\b(?:is|are|was|were|been|now) (?:superseded|void|obsolete|cancell?ed|replaced|withdrawn|revoked|suspended|overridden|null)",
    "told": r"\b(?:everything|anything|whatever|what|all|instructions?|rules?|prompts?|guidelines?)\b[^.\n]{0,30}\b(?:you (?:were|have been|had been|are) (?:previously |originally |earlier |just )?(?:told|given|instructed|asked|programmed)|above|before this|so far)",
    "program": _PROGRAM,
    "program_reads": _PROGRAM_READS,
    "frame": _FRAME,
    "vocative": _VOCATIVE,
    "modal": _MODAL,
    "answer": rf"{_LEAD}(?:{_ANSWERS})\b|{_ANSWER_ELSEWHERE}",
    "answer_any": rf"\b(?:{_ANSWERS})\b|\b(?:rat|mark|scor|classifi|treat|consider|answer|grad|label|regard|report|approv|assess|deem)(?:ed|es|ing)\b|{_ANSWER_ELSEWHERE}",
    "verdict": _VERDICT,
    "shout": _SHOUTS,
    "answer_word": r"\b(?:answer|respond|reply|output|return|print|write|say|report|classify|rate|mark|score|label|conclude|grade)\b",
    "object": rf"\b(?:this|the|all|every|each|any|our)\s+(?:\w+\s+){{0,2}}(?:{_DOCUMENT}|position|strengths?|weakness(?:es)?|novelty|soundness|work|proposal|study)s?\b|\b(?:it|everything|strengths?|weakness(?:es)?|novelty|soundness|overall)\b",
    "skip": rf"{_LEAD}(?:{_SKIPS})\b|"
    + _SKIP_ANY.partition("|\\b(?:überspring")[1].lstrip("|")
    + _SKIP_ANY.partition("|\\b(?:überspring")[2],
    "skip_any": _SKIP_ANY,
    "section": _SECTION,
    "hide": _HIDES,
    "role": _ROLE,
    "you_must": _YOU_MUST,
    "system": _SYSTEM,
    "end": _END,
    "authority": _AUTHORITY,
    "testing": _TESTING,
    "carry": rf"{_LEAD}{_CARRIES}|\b(?:füg|häng|binde|ajout|insér|inclu|añad|agreg|insert|aggiung|inser|adicion|anex|voeg|添加|附上|插入|加入|追加|挿入|付け|추가|첨부|삽입|أضف|أدرج|добав|встав|вклю)\w*",
    "link": _LINKS,
    "secret": _SECRETS,
    "reply": _REPLIES,
    "decode": _DECODES,
    "plant": _PLANTS,
    "flatter": _FLATTERS,
    "done": _DONE,
    "json": _JSON,
}
"""Name of each concept and the expression that finds it in an undisguised text when case is ignored."""
