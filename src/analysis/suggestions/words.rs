//! Words of names in English, French and Chinese: what stands on one line (up to the semicolon) means the same.
//!
//! The lists are our own. They hold what occurs in the names of states, authorities, parties, media, companies and
//! institutes, not a dictionary's worth: a word that is missing is compared by its letters. `_` stands for a space. The
//! first word of an entry is the concept's own name.

/// Countries and blocs: noun, adjectives, people.
pub(super) const COUNTRIES: &str = "
china chinese prc peoples_republic_of_china people's_republic_of_china chine chinois chinoise chinoises
    république_populaire_de_chine rpc 中国 中华 中华人民共和国;
usa us american america united_states united_states_of_america u.s. états_unis états-unis états-unis_d'amérique
    américain américaine américains américaines amérique 美国 美利坚;
uk british britain great_britain united_kingdom u.k. royaume_uni royaume-uni britannique britanniques grande-bretagne
    英国 英;
england english angleterre anglais anglaise 英格兰;
france french français française françaises 法国; germany german allemagne allemand allemande allemandes 德国;
italy italian italie italien italienne 意大利; spain spanish espagne espagnol espagnole 西班牙;
portugal portuguese portugais portugaise 葡萄牙; netherlands dutch holland pays-bas néerlandais néerlandaise 荷兰;
belgium belgian belgique belge belges 比利时; switzerland swiss suisse suisses 瑞士;
austria austrian autriche autrichien autrichienne 奥地利; ireland irish irlande irlandais irlandaise 爱尔兰;
sweden swedish suède suédois suédoise 瑞典; norway norwegian norvège norvégien norvégienne 挪威;
denmark danish danemark danois danoise 丹麦; finland finnish finlande finlandais finlandaise 芬兰;
poland polish pologne polonais polonaise 波兰; czech czechia tchèque tchéquie 捷克; hungary hungarian hongrie hongrois hongroise 匈牙利;
romania romanian roumanie roumain roumaine 罗马尼亚; greece greek grèce grec grecque 希腊;
serbia serbian serbie serbe serbes 塞尔维亚; ukraine ukrainian ukrainien ukrainienne ukrainiens 乌克兰;
russia russian russie russe russes russian_federation fédération_de_russie 俄罗斯 俄;
belarus belarusian biélorussie biélorusse 白俄罗斯; turkey turkish türkiye turquie turc turque 土耳其;
israel israeli israël israélien israélienne israéliens israéliennes 以色列;
palestine palestinian palestinien palestinienne palestiniens 巴勒斯坦; iran iranian iranien iranienne 伊朗;
iraq iraqi irak irakien irakienne 伊拉克; syria syrian syrie syrien syrienne 叙利亚; lebanon lebanese liban libanais libanaise 黎巴嫩;
jordan jordanian jordanie jordanien jordanienne 约旦; saudi saudi_arabia arabie_saoudite saoudien saoudienne 沙特 沙特阿拉伯;
emirates uae emirati united_arab_emirates émirats émirats_arabes_unis émirati 阿联酋; qatar qatari qatarien 卡塔尔;
yemen yemeni yémen yéménite 也门; egypt egyptian égypte égyptien égyptienne 埃及; libya libyan libye libyen libyenne 利比亚;
tunisia tunisian tunisie tunisien tunisienne 突尼斯; algeria algerian algérie algérien algérienne 阿尔及利亚;
morocco moroccan maroc marocain marocaine 摩洛哥; sudan sudanese soudan soudanais soudanaise 苏丹;
ethiopia ethiopian éthiopie éthiopien éthiopienne 埃塞俄比亚; kenya kenyan kényan kényane 肯尼亚; nigeria nigerian nigérian nigériane 尼日利亚;
south_africa south_african afrique_du_sud sud-africain sud-africaine 南非; senegal sénégal sénégalais sénégalaise 塞内加尔;
mali malian malien malienne 马里; niger nigerien nigérien 尼日尔; congo congolese congolais congolaise 刚果; rwanda rwandan rwandais rwandaise 卢旺达;
india indian inde indien indienne 印度; pakistan pakistani pakistanais pakistanaise 巴基斯坦; afghanistan afghan afghane 阿富汗;
bangladesh bangladeshi bangladais 孟加拉国; nepal nepalese népal népalais 尼泊尔; sri_lanka sri_lankan 斯里兰卡; myanmar burma burmese birmanie birman 缅甸;
thailand thai thaïlande thaïlandais thaïlandaise 泰国; vietnam vietnamese vietnamien vietnamienne 越南; cambodia cambodian cambodge cambodgien 柬埔寨;
laos laotian laotien 老挝; malaysia malaysian malaisie malaisien 马来西亚; singapore singaporean singapour singapourien 新加坡;
indonesia indonesian indonésie indonésien indonésienne 印度尼西亚 印尼; philippines philippine filipino philippin philippine 菲律宾;
japan japanese japon japonais japonaise 日本; south_korea south_korean corée_du_sud sud-coréen sud-coréenne 韩国;
north_korea north_korean corée_du_nord nord-coréen nord-coréenne 朝鲜; korea korean corée coréen coréenne;
mongolia mongolian mongolie mongol 蒙古; taiwan taiwanese taïwan taïwanais taïwanaise 台湾; hong_kong 香港 hongkongais;
kazakhstan kazakh 哈萨克斯坦; uzbekistan uzbek ouzbékistan ouzbek 乌兹别克斯坦; armenia armenian arménie arménien arménienne 亚美尼亚;
azerbaijan azerbaijani azerbaïdjan azerbaïdjanais 阿塞拜疆; georgia georgian géorgie géorgien géorgienne 格鲁吉亚;
australia australian australie australien australienne 澳大利亚 澳洲; new_zealand nouvelle-zélande néo-zélandais 新西兰;
canada canadian canadien canadienne 加拿大; mexico mexican mexique mexicain mexicaine 墨西哥; brazil brazilian brésil brésilien brésilienne 巴西;
argentina argentine argentinian argentin 阿根廷; chile chilean chili chilien chilienne 智利; colombia colombian colombie colombien colombienne 哥伦比亚;
peru peruvian pérou péruvien péruvienne 秘鲁; venezuela venezuelan vénézuela vénézuélien vénézuélienne 委内瑞拉; cuba cuban cubain cubaine 古巴;
panama panamanian panaméen 巴拿马; haiti haitian haïti haïtien 海地;
europe european européen européenne européens européennes 欧洲; africa african afrique africain africaine 非洲;
asia asian asie asiatique asiatiques 亚洲 亚; arab arabe arabes 阿拉伯;
european_union eu union_européenne ue 欧盟; united_nations un u.n. nations_unies onu 联合国; nato otan 北约
";

/// Towns, regions and the like.
pub(super) const PLACES: &str = "
washington 华盛顿; new_york 纽约; beijing pékin peking 北京; shanghai 上海 上海市; moscow moscou 莫斯科; london londres 伦敦; paris 巴黎;
brussels bruxelles 布鲁塞尔; berlin 柏林; geneva genève 日内瓦; vienna vienne 维也纳; rome 罗马; madrid 马德里; tokyo 东京; seoul séoul 首尔;
jerusalem jérusalem 耶路撒冷; tel_aviv tel-aviv 特拉维夫; gaza 加沙; tehran téhéran 德黑兰; kyiv kiev 基辅; cairo caire le_caire 开罗;
los_angeles 洛杉矶; san_francisco 旧金山; chicago 芝加哥; boston 波士顿; houston 休斯敦; seattle 西雅图; silicon_valley 硅谷; california californie 加利福尼亚 加州;
texas 得克萨斯; florida floride 佛罗里达; pennsylvania pennsylvanie 宾夕法尼亚; virginia virginie; canberra 堪培拉; sydney 悉尼; melbourne 墨尔本; queensland;
guangdong 广东; shenzhen 深圳; hangzhou 杭州; zhejiang 浙江; jiangsu 江苏; nanjing 南京; chengdu 成都; chongqing 重庆; wuhan 武汉; hubei 湖北; hunan 湖南;
sichuan 四川; xinjiang 新疆; tibet tibétain tibetan 西藏; fujian 福建; guangzhou 广州; tianjin 天津; shandong 山东; harbin 哈尔滨; xi'an 西安; macau macao 澳门;
middle_east moyen-orient 中东; pacific pacifique 太平洋; atlantic atlantique 大西洋; great_wall grande_muraille 长城; west_bank cisjordanie 约旦河西岸;
south_china_sea mer_de_chine_méridionale 南海; columbia; guam; hawaii; mumbai; delhi new_delhi; istanbul; ankara; dubai dubaï; riyadh riyad; doha; lagos; nairobi;
toronto; ottawa; montreal montréal; vancouver; lyon; marseille; lille; strasbourg; toulouse; bordeaux; nantes; munich; frankfurt francfort; hamburg hambourg;
stockholm; oslo; copenhagen copenhague; helsinki; warsaw varsovie; prague; budapest; athens athènes; lisbon lisbonne; dublin; zurich; milan; barcelona barcelone;
cambridge; oxford; stanford; manchester; kremlin; wall_street; hollywood; bethesda; palo_alto; bavaria bavière; catalonia catalogne; quebec québec; crimea crimée;
alabama; alaska; arizona; arkansas; colorado; connecticut; delaware; idaho; illinois; indiana; iowa; kansas; kentucky; louisiana louisiane; maine; maryland;
massachusetts; michigan; minnesota; mississippi; missouri; montana; nebraska; nevada; new_hampshire; new_jersey; new_mexico; north_carolina; north_dakota; ohio;
oklahoma; oregon; rhode_island; south_carolina; south_dakota; tennessee; utah; vermont; wisconsin; wyoming; manhattan; brooklyn; philadelphia; detroit; dallas; miami;
cleveland; las_vegas; san_diego; orlando; minneapolis; denver; phoenix_arizona; kabul kaboul; baghdad bagdad; damascus damas; aleppo alep; beirut beyrouth; tripoli; rafah;
normandy normandie; brittany bretagne; alsace; provence; corsica corse; scotland écosse; wales; northern_ireland; balkans; caucasus caucase; siberia sibérie
";

/// Heads that every state has: alone with a field they say nothing of whose they are.
pub(super) const STATE_HEADS: &str = "
government gouvernement gouvernements 政府; ministry ministère 部; army military armed_forces defense_forces defence_forces defense_force defence_force
    self-defense_forces self-defence_force armée armées forces_armées forces_de_défense 军 军队 国防军 武装部队;
police public_security_bureau police_department 警方 警察 公安局 公安; parliament parlement 议会; court cour tribunal 法院; party parti 党;
embassy ambassade 大使馆; mission 代表团 使团; senate sénat 参议院; navy marine 海军; air_force armée_de_l'air 空军; central_bank banque_centrale 央行 中央银行;
foreign_ministry foreign_affairs affaires_étrangères 外交; justice_system; central_committee comité_central 中央委员会 中央
";

/// Heads of other bodies.
pub(super) const BODIES: &str = "
department département 部门 司; institute institut 研究所 研究院 学会; university université 大学; college collège 学院; school école 学校;
academy académie 科学院; laboratory lab laboratoire 实验室; center centre 中心; foundation fondation 基金会; association 协会; federation fédération 联合会;
union 联盟 工会; league ligue 同盟; council conseil 理事会 委员会; committee comité; commission; agency agence 署; bureau 局; administration 总局 管理局;
authority autorité 管理; service 服务; directorate direction; bank banque 银行; fund fonds 基金; company compagnie société 公司; corporation corp; group groupe 集团;
holding holdings 控股; industries industrie industry 工业 产业; organization organisation 组织; network réseau 网 网络; alliance; coalition; front 阵线; movement mouvement 运动;
club; society; assembly assemblée 大会; congress congrès 国会; house chambre maison; board; office 办事处 办公室 办公厅; library bibliothèque 图书馆; museum musée 博物馆; hospital hôpital 医院;
church église 教会; command commandement 司令部; corps; guard garde; forum 论坛; initiative 倡议; project projet 项目; program programme 计划 方案; campaign campagne; studio studios 工作室;
daily quotidien 日报; times 时报; post 邮报; newspaper journal; weekly hebdomadaire 周刊 周报; evening_news 晚报; news nouvelles 新闻; press presse 报社;
gazette 公报; herald héraut 先驱报; tribune 论坛报; chronicle chronique 纪事报; magazine 杂志; review revue 评论; radio 广播 电台; television télévision tv 电视 电视台; news_agency agence_de_presse 通讯社 社;
observer observateur 观察家报; guardian 卫报; telegraph télégraphe 电讯报; independent indépendant 独立报; beacon balise phare 灯塔 灯塔报; mirror miroir 镜报; globe 环球; standard 标准 旗报; courier courrier 信使报;
monitor moniteur 箴言报; examiner; sun soleil 太阳报; star étoile 明星 星报; voice voix; journal_of; channel chaîne 频道; party_school école_du_parti 党校; think_tank 智库; high_commissioner high_commission haut-commissaire haut-commissariat haut_commissariat 高级专员 高专;
secretariat secrétariat 秘书处; parliament_assembly; supreme_court cour_suprême 最高法院; prosecutor procureur parquet 检察院; fund_trust trust 信托; airlines 航空 航空公司; exchange bourse 交易所; cooperative coopérative; party_congress 党代会
";

/// Fields, qualities, and other words of names.
pub(super) const WORDS: &str = "
people peoples people's peuple 人民; popular populaire; national nationale nationaux nationales 国家 全国 国立; state état 国有; public publique publics 公共; central centrale 中央的;
federal fédéral fédérale 联邦; international internationale internationaux internationales 国际; world mondial mondiale monde 世界; global mondiaux 全球; regional régional régionale;
free libre 自由; new nouveau nouvelle nouveaux nouvel 新; old vieux ancien; great grand grande grands grandes 大; high haut haute 高; big gros; small petit petite; red rouge 红; white blanc blanche 白; black noir noire 黑; green vert verte 绿; blue bleu bleue 蓝; gold golden or 金;
north nord northern 北; south sud southern 南; east est eastern oriental 东; west ouest western occidental 西; upper supérieur supérieure; lower inférieur inférieure; first premier première 第一; second deuxième 第二; third troisième 第三;
strategic strategy stratégique stratégiques stratégie 战略; policy politiques 政策; political politics politique 政治; democratic democracy démocratique démocratie 民主; republican républicain républicaine 共和; republic république 共和国;
communist communism communiste 共产; socialist socialism socialiste 社会主义; social sociale 社会; labor labour travail travailliste 劳工 劳动 工党; liberal libéral libérale; conservative conservateur conservatrice 保守; progressive progressiste; revolutionary révolutionnaire 革命; workers worker travailleurs ouvriers ouvrière 工人;
united unis uni unie unies 联合 统一; solidarity solidarité; liberation libération 解放; freedom liberté; peace paix 和平; rights droits 权利; human humain humaine humains humaines 人; human_rights droits_de_l'homme droits_humains 人权; women femmes 妇女; youth jeunesse 青年; children enfants 儿童; family famille 家庭;
education éducation 教育; health santé 卫生 健康; defense defence défense 国防 防务; justice 司法; interior intérieur 内政; foreign étranger étrangère étrangères 外国; affairs affaires 事务; finance finances financial financier financière 财政 金融; economy economic économie économique économiques 经济; trade commerce commercial commerciale 商务 贸易 商业;
agriculture agricultural agricole 农业; environment environmental environnement environnemental 环境 生态; energy énergie 能源; transport transportation transports 运输 交通; culture cultural culturel culturelle 文化; science sciences scientific scientifique scientifiques 科学; technology technologies technological technologie technologique technologiques 科技 技术; innovation 创新;
information informations 信息; communication communications 通信 传播; telecommunications télécommunications télécommunication 电信; internet 互联网; cyberspace cyberespace 网信 网络空间; cyber cybersécurité cybersecurity 网络安全; digital numérique numériques 数字; data données 数据; cloud nuage 云; smart intelligent intelligente intelligents 智能 智慧; artificial artificielle 人工; intelligence 情报; artificial_intelligence intelligence_artificielle ai ia 人工智能;
media médias média 媒体 融媒体; software logiciel logiciels 软件; computer ordinateur computing 计算机; machine 机器; robot robots 机器人; mobile 移动; online en_ligne 在线 网络版; web; platform plateforme 平台; systems system système systèmes 系统; services; electronic électronique electronics 电子; quantum quantique 量子; semiconductor semiconducteurs 半导体;
security sécurité sûreté 安全; border frontière frontières 边境; customs douane douanes 海关; immigration 移民; homeland 国土; protection 保护; emergency urgence urgences 应急; control contrôle 控制; monitoring surveillance 监测; safety; nuclear nucléaire 核; space espace spatiale spatial 太空 航天; ocean océan maritime 海洋 海事;
research recherche recherches 研究; study studies étude études 学习; development développement 发展 开发; reform réforme 改革; planning planification 规划; cooperation coopération 合作; relations 关系; exchange_cultural échanges 交流; analysis analyse analyses; statistics statistique statistiques 统计; standards normes;
propaganda propagande 宣传; publicity; opinion 舆论; friendship amitié 友好; overseas outre-mer 海外 华侨; front_united united_front front_uni 统一战线 统战; discipline inspection_discipline 纪律; inspection 检查 监察; organization_department; supreme suprême 最高; general général générale 总; special spécial spéciale 特别; executive exécutif exécutive 执行; advisory consultatif consultative 咨询 协商;
legal juridique law droit loi 法律 法; police_judicial judiciaire judicial; investigation investigations enquête enquêtes 调查; anti-corruption anticorruption 反腐败; tax fiscal impôts 税务; labor_union syndicat; civil civile 民; aviation 民航; railway railways railroad chemins_de_fer ferroviaire 铁路; highway autoroute 公路; ports port 港口 港; water eau 水 水利;
oil pétrole 石油; gas gaz 天然气; steel acier 钢铁; electric électrique electricity électricité 电力; power puissance; mining mines minier minière 矿业; chemical chimique chemicals 化学 化工; pharmaceutical pharmaceutique pharma 制药 医药; medical médical médicale medicine médecine 医学 医疗; food alimentaire alimentation 食品; drug médicaments 药品; motor motors moteurs 汽车; aerospace aérospatial aérospatiale 航空航天; shipbuilding construction_navale 造船;
construction bâtiment 建设 建筑; investment investissement investissements 投资; insurance assurance assurances 保险; monetary monétaire 货币; reserve réserve 储备; development_bank banque_de_développement 开发银行; capital 资本; savings épargne 储蓄; credit crédit 信贷; markets marchés market marché 市场; property immobilier 地产; logistics logistique 物流; retail distribution; export exportation 进出口;
game games jeux jeu 游戏; music musique 音乐; film cinéma films 电影; sport sports 体育; olympic olympique olympiques 奥林匹克 奥运; football 足球; art arts 艺术; book livre livres 图书; history histoire 历史; language langue 语言; translation traduction 翻译; heritage patrimoine 传统 遗产; tourism tourisme 旅游;
climate climat climatique 气候; refugees réfugiés 难民; migration migrations; aid aide 援助; relief secours 救济; red_cross croix-rouge 红十字 红十字会; crescent croissant; amnesty 特赦; transparency transparence 透明; watch observatoire 观察; reporters journalists journalistes 记者; borders sans_frontières 无国界; integrity intégrité 诚信; truth vérité 真理; future avenir 未来; tomorrow demain; open ouvert ouverte 开放; action; progress progrès 进步; hope espoir 希望; change changement;
police_state policier policière; regime régime 政权; president présidence presidency 总统; prime_minister premier_ministre 总理 首相; cabinet 内阁; representatives représentants 代表; deputies députés; delegates; mayor mairie 市长; city ville municipal municipale 市; province provincial provinciale 省; county comté 县; district 区; village; autonomous autonome 自治; territory territoire; island île islands îles 岛; river fleuve rivière 江; mountain montagne 山; lake lac 湖; sea mer 海; valley vallée; wall muraille mur 墙; bridge pont 桥; street rue 街; road route 路; gate porte 门; belt_and_road nouvelles_routes_de_la_soie la_ceinture_et_la_route 一带一路; silk soie; sky ciel 天空; light lumière 光明; dragon 龙; tiger tigre 虎; lion; eagle aigle 鹰; phoenix phénix 凤凰; apartheid 种族隔离; genocide génocide; war guerre 战争; victory victoire 胜利; resistance résistance 抵抗; jihad; islamic islamique 伊斯兰; muslim musulman musulmane 穆斯林; christian chrétien chrétienne 基督教; catholic catholique 天主教; jewish juif juive 犹太; orthodox orthodoxe; buddhist bouddhiste 佛教
";

/// What several words say in one: `form = concepts`.
pub(super) const COMPOUNDS: &str = "
共产党 = communist party; 中共 = china communist party; 人权事务 = human_rights; 国务院 = china state council; 美国国务院 = usa department state; 外交部 = foreign_ministry ministry; 国防部 = defense ministry;
foreign_ministry = foreign_ministry ministry; ministry_of_foreign_affairs = foreign_ministry ministry; ministère_des_affaires_étrangères = foreign_ministry ministry; state_department = department state;
中宣部 = central propaganda department; 宣传部 = propaganda department; 统战部 = front_united department; 组织部 = organization department; 教育部 = education ministry; 财政部 = finance ministry; 司法部 = justice ministry;
商务部 = trade ministry; 公安部 = public security ministry; 国家安全部 = state security ministry; 国安部 = state security ministry; 文化部 = culture ministry; 卫生部 = health ministry; 工信部 = industries information technology ministry;
解放军 = people liberation army; 中央电视台 = china central television; 央视 = china central television; 人民银行 = people bank; 新华社 = xinhua news_agency; 白宫 = white house; 五角大楼 = pentagon; 联邦调查局 = federal bureau investigation;
中央情报局 = central intelligence agency; 国家安全局 = national security agency; 司法局 = justice bureau; 众议院 = house representatives; 研究中心 = research center; 政策研究所 = policy institute; 报 = newspaper; 晚报社 = evening_news;
forces_démocratiques = democratic forces; chambre_des_représentants = house representatives; maison_blanche = white house; centre_de_recherche = research center; 科技大学 = science technology university; 政法大学 = political legal university;
师范大学 = normal university; 理工大学 = technology university; 纽约时报 = new_york times; 中联部 = international department; 通信管理局 = communication administration; 委员会主席 = committee; 党中央 = party central_committee
";

/// Well-known outlets and firms by their established names in the other languages.
pub(super) const EXONYMS: &str = "
twitter 推特; facebook 脸书 脸谱网; google 谷歌; microsoft 微软; apple 苹果公司; amazon 亚马逊; youtube 油管; linkedin 领英; wechat weixin 微信; alibaba 阿里巴巴; tencent 腾讯; baidu 百度; bytedance 字节跳动;
tiktok 抖音国际版; huawei 华为; xiaomi 小米; weibo 微博; douyin 抖音; temu; pinduoduo 拼多多; didi 滴滴; openai; nvidia 英伟达; intel 英特尔; ibm 国际商业机器; tesla 特斯拉; boeing 波音; airbus 空中客车 空客; samsung 三星; sony 索尼; toyota 丰田;
volkswagen 大众汽车; siemens 西门子; pfizer 辉瑞; reuters 路透社 路透; associated_press 美联社; agence_france-presse 法新社; bloomberg 彭博社 彭博; bbc 英国广播公司; cnn 美国有线电视新闻网; voice_of_america 美国之音; radio_free_asia 自由亚洲电台; deutsche_welle 德国之声;
wall_street_journal 华尔街日报; financial_times 金融时报; economist 经济学人; le_monde 世界报; le_figaro 费加罗报; gazprom 俄罗斯天然气工业股份公司; rosneft 俄罗斯石油公司; hamas 哈马斯; hezbollah 真主党; unesco 教科文组织; interpol 国际刑警组织; brookings 布鲁金斯; rand 兰德; carnegie 卡内基; ford 福特;
trump 特朗普 川普; biden 拜登; obama 奥巴马; putin 普京; poutine putin; macron 马克龙; merkel 默克尔; zelensky zelenskyy zelenskiy 泽连斯基; netanyahu netanyahou nétanyahou 内塔尼亚胡; modi 莫迪; musk 马斯克; zuckerberg 扎克伯格; pompeo 蓬佩奥; blinken 布林肯; clinton 克林顿; elon 埃隆; donald 唐纳德; vladimir 弗拉基米尔; joe 乔
";
