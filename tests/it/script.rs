//! A text whose every character is known by a number, so that a test knows where each of them went.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test that is wrong fails")]

/// Numbers in a fixed order.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n.max(1)
    }

    pub(crate) fn one<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// What a language writes with.
pub(crate) struct Language {
    pub(crate) names: &'static [&'static str],
    pub(crate) starts: &'static [&'static str],
    pub(crate) verbs: &'static [&'static str],
    pub(crate) fillers: &'static [&'static str],
    /// Words between spaces, for the rest of a sentence.
    pub(crate) words: &'static str,
    /// How many sentences the text has.
    pub(crate) length: usize,
    pub(crate) stop: &'static str,
    pub(crate) space: &'static str,
}

pub(crate) const ENGLISH: Language = Language {
    names: &["Acme", "Maria Lee", "the Harbour Board", "O’Brien", "ACME Works", "Mr. Ó Dálaigh"],
    starts: &[
        "On Monday",
        "In its yearly report",
        "After two weeks of silence",
        "According to the minutes",
        "“We saw nothing,” they wrote, and",
        "Nobody was surprised when",
        "Three days before the vote",
        "As the pier-side workers had feared,",
    ],
    verbs: &["told reporters that", "denied that", "wrote that", "made it known that", "could not say whether"],
    fillers: &["however ", "as before ", "it is said ", "😀 ", "(for now) ", "once more "],
    words: "rents mill bridge spring boats family contract Geneva warehouse flood mayor’s office file anvils abroad council draft money cousin Lyon harbour strike overtime river north tax ferry glass evidence witness ledger stolen painted slowly never again before after between without under seven hundred grey wooden secret public broken private promised counted repaired refused signed forgotten delivered burned copied translated measured inspected rope barrel engine lantern winter window carpenter teacher judge sailor baker neighbour island valley station market",
    length: 72,
    stop: ". ",
    space: " ",
};

pub(crate) const FRENCH: Language = Language {
    names: &["Acmé", "Maria Lee", "la Régie du port", "l’État", "d’Aumale", "M. Lefèvre"],
    starts: &[
        "Lundi",
        "Dans son rapport annuel",
        "Après deux semaines de silence",
        "Selon le procès-verbal",
        "« Nous n’avons rien vu », ont-ils écrit, et",
        "Trois jours avant le vote",
        "À la surprise générale",
    ],
    verbs: &["a déclaré que", "a nié que", "a écrit que", "a fait savoir que", "ignorait si"],
    fillers: &["toutefois ", "comme avant ", "dit-on ", "😀 ", "(pour l’instant) "],
    words: "loyers moulin pont printemps bateaux famille contrat Genève entrepôt inondation mairie dossier enclumes étranger conseil projet argent cousin Lyon port grève heures rivière nord impôt ferry verre preuve témoin registre volé peint lentement jamais encore avant après entre sans sous sept cents gris bois secret public cassé privé promis compté réparé refusé signé oublié livré brûlé copié traduit mesuré inspecté corde tonneau moteur lanterne hiver fenêtre charpentier institutrice juge marin boulanger voisin l’île vallée gare marché d’abord qu’elle",
    length: 72,
    stop: ". ",
    space: " ",
};

pub(crate) const CHINESE: Language = Language {
    names: &["阿克米公司", "李玛丽", "港务局", "市长办公室", "欧文", "阿克米"],
    starts: &[
        "星期一",
        "在年度报告中，",
        "沉默两周之后，",
        "根据会议记录，",
        "投票前三天，",
        "令人意外的是，",
        "正如工人们所担心的，",
    ],
    verbs: &["告诉记者，", "否认", "写道，", "透露，", "不清楚是否"],
    fillers: &["然而", "像从前一样", "据说", "😀", "（暂时）", "再次"],
    words: "租金 磨坊 大桥 春天 船只 家族 合同 日内瓦 仓库 洪水 市长 档案 铁砧 国外 议会 草案 金钱 表亲 里昂 港口 罢工 加班 河流 北方 税收 渡轮 玻璃 证据 证人 账本 被盗 油漆 缓慢 从不 再次 之前 之后 之间 没有 下面 七百 灰色 木制 秘密 公开 破碎 私人 承诺 清点 修理 拒绝 签署 遗忘 交付 烧毁 复制 翻译 测量 检查 绳索 木桶 引擎 灯笼 冬天 窗户 木匠 教师 法官 水手 面包师 邻居 岛屿 山谷 车站 市场",
    length: 150,
    stop: "。",
    space: "",
};

/// A character and its number.
#[derive(Clone, Copy)]
struct Unit {
    char: char,
    id: u32,
}

/// A place of the script: the numbers of its characters, and its words at first.
pub(crate) struct Place {
    ids: Vec<u32>,
    words: String,
    /// Copies of it that were made together with much of what stands around it.
    copies: Vec<Vec<u32>>,
    /// Copies of the words with little around them: these are look-alikes.
    shadows: Vec<Vec<u32>>,
}

/// What became of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The words are there, but for typography: bytes of the text.
    Survives(usize, usize),
    /// Some of it is there.
    Changed(usize, usize),
    /// Only a copy is left, made with what stood around it.
    Copied(Vec<Fate>),
    /// Nothing of it, or its parts are torn apart.
    Gone,
}

/// One change of the text, in bytes of the text before it.
pub(crate) type Step = (usize, usize, String);

pub(crate) struct Script {
    units: Vec<Unit>,
    next: u32,
    pub(crate) dice: Dice,
    language: &'static Language,
    pub(crate) places: Vec<Place>,
}

impl Script {
    pub(crate) fn new(language: &'static Language, seed: u64) -> Script {
        let mut script = Script { units: Vec::new(), next: 0, dice: Dice::new(seed), language, places: Vec::new() };
        for n in 0..language.length {
            let sentence = script.sentence();
            let at = script.units.len();
            script.put(at, &sentence);
            if n % 6 == 5 {
                let at = script.units.len();
                script.put(at, "\n\n");
            }
        }
        let text = script.text();
        let mut marks: Vec<(usize, usize)> = Vec::new();
        for name in language.names {
            marks.extend(text.match_indices(name).map(|(at, name)| (at, at + name.len())));
        }
        let ends = text.match_indices(language.stop).map(|(at, _)| at + language.stop.trim_end().len());
        let mut from = 0;
        for (n, end) in ends.enumerate() {
            if n % 3 == 0 {
                let lead = text[from..end].len() - text[from..end].trim_start().len();
                marks.push((from + lead, end));
            }
            from = end;
        }
        for (start, end) in marks {
            let start_unit = text[..start].chars().count();
            let n_units = text[start..end].chars().count();
            let ids = script.units[start_unit..start_unit + n_units].iter().map(|unit| unit.id).collect();
            script.places.push(Place {
                ids,
                words: text[start..end].to_owned(),
                copies: Vec::new(),
                shadows: Vec::new(),
            });
        }
        script
    }

    fn sentence(&mut self) -> String {
        let Language { names, starts, verbs, words, stop, space, .. } = *self.language;
        let (start, name) = (self.dice.one(starts), self.dice.one(names));
        let words: Vec<&str> = words.split(' ').collect();
        let (first, second) = (self.dice.one(&words), self.dice.one(&words));
        let mut sentence = format!("{start}{space}{first}{space}{second}{space}{name}{space}{}", self.dice.one(verbs));
        for n in 0..5 + self.dice.below(8) {
            let other = self.dice.below(24);
            let word = if other == 0 { self.dice.one(names) } else { self.dice.one(&words) };
            let mark = if n == 4 && other < 6 { "，" } else { "" };
            sentence.push_str(if space.is_empty() { mark } else { mark.get(..0).unwrap_or_default() });
            sentence.push_str(space);
            sentence.push_str(word);
        }
        sentence + stop
    }

    pub(crate) fn text(&self) -> String {
        self.units.iter().map(|unit| unit.char).collect()
    }

    fn put(&mut self, at: usize, words: &str) {
        let units: Vec<Unit> = words
            .chars()
            .map(|char| {
                self.next += 1;
                Unit { char, id: self.next }
            })
            .collect();
        self.units.splice(at..at, units);
    }

    /// Where each place is at first: bytes.
    pub(crate) fn ranges(&self) -> Vec<(usize, usize)> {
        let fates = self.fates();
        fates
            .into_iter()
            .map(|fate| if let Fate::Survives(start, end) = fate { (start, end) } else { (0, 0) })
            .collect()
    }

    /// Where each place is now.
    pub(crate) fn fates(&self) -> Vec<Fate> {
        let mut at_unit = vec![usize::MAX; self.next as usize + 1];
        let mut bytes = Vec::with_capacity(self.units.len() + 1);
        let mut byte = 0;
        for (at, unit) in self.units.iter().enumerate() {
            at_unit[unit.id as usize] = at;
            bytes.push(byte);
            byte += unit.char.len_utf8();
        }
        bytes.push(byte);
        let fate = |place: &Place| {
            let all = std::iter::once(&place.ids).chain(&place.copies);
            let mut fates = all.map(|ids| self.fate(&place.words, ids, &at_unit, &bytes));
            let own = fates.next().unwrap_or(Fate::Gone);
            // To copy a passage and to delete the first one is to move it.
            match own {
                Fate::Gone => Some(fates.filter(|fate| *fate != Fate::Gone).collect::<Vec<_>>())
                    .filter(|copies| !copies.is_empty())
                    .map_or(Fate::Gone, Fate::Copied),
                Fate::Survives(..) | Fate::Changed(..) | Fate::Copied(_) => own,
            }
        };
        self.places.iter().map(fate).collect()
    }

    fn fate(&self, words: &str, ids: &[u32], at_unit: &[usize], bytes: &[usize]) -> Fate {
        let mut left: Vec<usize> = ids.iter().map(|id| at_unit[*id as usize]).filter(|at| *at != usize::MAX).collect();
        left.sort_unstable();
        // A letter may have stayed behind where the rest was moved.
        let parts = left.chunk_by(|a, b| b - a <= 24);
        let Some(most) = parts.max_by_key(|part| part.len()).filter(|part| ids.len() < 2 * part.len()) else {
            return Fate::Gone;
        };
        let (first, last) = (&most[0], &most[most.len() - 1]);
        let there: String = self.units[*first..=*last].iter().map(|unit| unit.char).collect();
        let is_same = plain(&there) == plain(words);
        let (start, end) = (bytes[*first], bytes[*last + 1]);
        if is_same { Fate::Survives(start, end) } else { Fate::Changed(start, end) }
    }

    fn byte(&self, at: usize) -> usize {
        self.units[..at].iter().map(|unit| unit.char.len_utf8()).sum()
    }

    /// Sentences: from the end of the one before to the end of its own.
    fn sentences(&self) -> Vec<(usize, usize)> {
        let mut sentences = Vec::new();
        let mut from = 0;
        for (at, unit) in self.units.iter().enumerate() {
            let next = self.units.get(at + 1).map_or('\n', |unit| unit.char);
            if unit.char == '。' || (unit.char == '.' && next.is_whitespace()) {
                sentences.push((from, at + 1));
                from = at + 1;
            }
        }
        sentences
    }

    fn place(&mut self) -> Option<(usize, usize)> {
        let fates = self.fates();
        let ranges: Vec<(usize, usize)> = fates
            .iter()
            .filter_map(|fate| if let Fate::Survives(start, end) = fate { Some((*start, *end)) } else { None })
            .collect();
        let (start, end) = *ranges.get(self.dice.below(ranges.len()))?;
        let text = self.text();
        Some((text[..start].chars().count(), text[..end].chars().count()))
    }

    /// Replaces units, and says so in bytes of the text before.
    fn replace(&mut self, from: usize, to: usize, words: &str) -> Step {
        let step = (self.byte(from), self.byte(to), words.to_owned());
        self.units.drain(from..to);
        self.put(from, words);
        step
    }

    /// One edit of the script: what it is called, and its steps, each in the text after the one before.
    pub(crate) fn edit(&mut self) -> (&'static str, Vec<Step>) {
        let n = self.units.len();
        match self.dice.below(14) {
            0..=2 => {
                let filler = self.dice.one(self.language.fillers);
                let at = self.dice.below(n);
                ("insert", vec![self.replace(at, at, filler)])
            }
            3 => {
                let sentence = self.sentence();
                let sentences = self.sentences();
                let at = sentences[self.dice.below(sentences.len())].1;
                ("insert a sentence", vec![self.replace(at, at, &format!("{}{sentence}", self.language.space))])
            }
            4 | 5 => {
                let at = self.dice.below(n);
                let to = (at + 1 + self.dice.below(12)).min(n);
                ("delete", vec![self.replace(at, to, "")])
            }
            6 => {
                let sentences = self.sentences();
                let (from, to) = sentences[self.dice.below(sentences.len())];
                ("delete a sentence", vec![self.replace(from, to, "")])
            }
            7 | 8 => {
                let at = self.dice.below(n);
                let letter = self.dice.one(&["e", "x", "国", "é", "7"]);
                ("one letter", vec![self.replace(at, at + 1, letter)])
            }
            9 => ("move", self.move_sentence()),
            10 => ("re-wrap", self.wrap()),
            11 => ("typography", self.typeset()),
            _ => ("look-alike", self.copy()),
        }
    }

    fn move_sentence(&mut self) -> Vec<Step> {
        let sentences = self.sentences();
        let (from, to) = sentences[self.dice.below(sentences.len())];
        let target = sentences[self.dice.below(sentences.len())].1;
        if from <= target && target <= to {
            return Vec::new();
        }
        let moved: Vec<Unit> = self.units[from..to].to_vec();
        let words: String = moved.iter().map(|unit| unit.char).collect();
        let cut = (self.byte(from), self.byte(to), String::new());
        self.units.drain(from..to);
        let target = if to <= target { target - (to - from) } else { target };
        let paste = (self.byte(target), self.byte(target), words);
        self.units.splice(target..target, moved);
        vec![cut, paste]
    }

    /// A paragraph: from a blank line to the next.
    fn paragraph(&mut self) -> (usize, usize) {
        let at = self.dice.below(self.units.len());
        let is_blank =
            |at: usize| self.units[at].char == '\n' && self.units.get(at + 1).is_some_and(|it| it.char == '\n');
        let from = (0..at).rev().find(|at| is_blank(*at)).map_or(0, |at| at + 2);
        let to = (at..self.units.len()).find(|at| is_blank(*at)).unwrap_or(self.units.len());
        (from.min(to), to)
    }

    /// Breaks the lines of a paragraph anew; a Han text may break anywhere.
    fn wrap(&mut self) -> Vec<Step> {
        let (from, to) = self.paragraph();
        let width = 30 + self.dice.below(50);
        let (start, end) = (self.byte(from), self.byte(to));
        let mut column = 0;
        let mut units = Vec::new();
        for mut unit in self.units[from..to].iter().copied() {
            column += 1;
            if unit.char == '\n' {
                if self.language.space.is_empty() {
                    continue;
                }
                unit.char = ' ';
            }
            if unit.char == ' ' && width < column {
                unit.char = '\n';
                column = 0;
            } else if self.language.space.is_empty() && width < column {
                self.next += 1;
                units.push(Unit { char: '\n', id: self.next });
                column = 0;
            }
            units.push(unit);
        }
        let words = units.iter().map(|unit| unit.char).collect();
        self.units.splice(from..to, units);
        vec![(start, end, words)]
    }

    /// Other quotation marks, apostrophes, dashes and spaces in a paragraph.
    fn typeset(&mut self) -> Vec<Step> {
        let (from, to) = self.paragraph();
        let (start, end) = (self.byte(from), self.byte(to));
        let is_plain = self.dice.below(2) == 0;
        for unit in &mut self.units[from..to] {
            unit.char = match (unit.char, is_plain) {
                ('’', true) => '\'',
                ('\'', false) => '’',
                ('“' | '”' | '«' | '»', true) => '"',
                ('"', false) => '„',
                ('–' | '—', true) => '-',
                ('-', false) => '‑',
                ('，', true) => ',',
                (',', false) => '，',
                ('\u{a0}', true) => ' ',
                (' ', false) => '\u{a0}',
                (char, _) => char,
            };
        }
        let words = self.units[from..to].iter().map(|unit| unit.char).collect();
        vec![(start, end, words)]
    }

    /// The words of a place again, with a little of what stands around them, not far away.
    fn copy(&mut self) -> Vec<Step> {
        let Some((start, end)) = self.place() else { return Vec::new() };
        let (lead, tail) = (self.dice.below(9), self.dice.below(9));
        let from = start.saturating_sub(lead);
        let to = (end + tail).min(self.units.len());
        let words: String = self.units[from..to].iter().map(|unit| unit.char).collect();
        let sentences = self.sentences();
        let near: Vec<usize> = sentences.iter().map(|(_, to)| *to).filter(|at| at.abs_diff(start) < 400).collect();
        let Some(at) = near.get(self.dice.below(near.len())).copied() else { return Vec::new() };
        let (space, stop) = (self.language.space, self.language.stop.trim_end());
        let old: Vec<u32> = self.units[from..to].iter().map(|unit| unit.id).collect();
        let first = self.next + 1 + u32::try_from(space.chars().count()).unwrap();
        let step = self.replace(at, at, &format!("{space}{words}{stop}"));
        for place in &mut self.places {
            let known = [&place.ids].into_iter().chain(&place.copies).chain(&place.shadows);
            let mut copies = Vec::new();
            for ids in known {
                let copied = ids.iter().filter_map(|id| old.iter().position(|it| it == id));
                let copied: Vec<u32> = copied.map(|at| first + u32::try_from(at).unwrap()).collect();
                copies.extend((ids.len() < 2 * copied.len()).then_some(copied));
            }
            if 30 <= old.len() { place.copies.extend(copies) } else { place.shadows.extend(copies) }
        }
        vec![step]
    }
}

/// A text without what typography and line breaks change.
fn plain(text: &str) -> String {
    let folded = text.chars().filter(|char| !char.is_whitespace());
    folded
        .map(|char| match char {
            '’' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '–' | '—' | '‑' => '-',
            '，' => ',',
            char => char,
        })
        .collect()
}
