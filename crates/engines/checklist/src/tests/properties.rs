//! What holds for any answers.

use proptest::prelude::*;

use super::house::{FIRST, SECOND};
use super::rules::given;
use crate::carry::{Fate, carry};
use crate::catalogue::{Catalogue, read};
use crate::score::{Answers, Score, compare, gaps};

fn any_answers(catalogue: &Catalogue) -> impl Strategy<Value = Answers> + use<> {
    let items: Vec<(String, Vec<String>)> = catalogue
        .items
        .iter()
        .map(|item| {
            let mut options: Vec<String> =
                catalogue.scale(item).unwrap().options.iter().map(|option| option.code.clone()).collect();
            options.push(String::new());
            if options.len() == 1 {
                options.push("12".to_owned());
            }
            (item.code.clone(), options)
        })
        .collect();
    proptest::collection::vec((any::<prop::sample::Index>(), proptest::option::of(1_i64..=4)), items.len()).prop_map(
        move |chosen| {
            let pairs = items.iter().zip(chosen).map(|((code, options), (index, to_be))| {
                let mut given = given(index.get(options.as_slice()).as_str());
                given.to_be = to_be;
                (code.clone(), given)
            });
            pairs.collect()
        },
    )
}

proptest! {
    #[test]
    fn a_score_lies_between_nothing_and_all(answers in any_answers(&read(FIRST).unwrap())) {
        let catalogue = read(FIRST).unwrap();
        let score = Score::whole(&catalogue, &answers);
        prop_assert!(score.percent().is_none_or(|percent| (0..=100).contains(&percent)));
        prop_assert!(score.answered <= score.total && score.unknown <= score.answered && score.findings <= score.answered);
        prop_assert_eq!(score.progress() == 100, score.answered == score.total);
        // Groups at the top share out all items.
        let sum: i64 = catalogue.top().map(|group| Score::of(&catalogue, catalogue.items_under(&group.code), &answers).points).sum();
        prop_assert_eq!(sum, score.points);
    }

    #[test]
    fn what_does_not_apply_never_moves_the_score(answers in any_answers(&read(FIRST).unwrap())) {
        let catalogue = read(FIRST).unwrap();
        let mut without = answers.clone();
        without.remove("guard");
        let mut apart = without.clone();
        apart.insert("guard".to_owned(), given("not_applicable"));
        prop_assert_eq!(Score::whole(&catalogue, &apart).percent(), Score::whole(&catalogue, &without).percent());
    }

    #[test]
    fn a_better_answer_never_lowers_the_score(answers in any_answers(&read(FIRST).unwrap())) {
        let catalogue = read(FIRST).unwrap();
        let mut last = -1;
        for answer in ["unknown", "no", "partly", "yes"] {
            let mut with = answers.clone();
            with.insert("lock".to_owned(), given(answer));
            let percent = Score::whole(&catalogue, &with).percent().unwrap();
            prop_assert!(percent >= last);
            last = percent;
        }
    }

    #[test]
    fn no_gap_means_full_points_without_targets(answers in any_answers(&read(FIRST).unwrap())) {
        let catalogue = read(FIRST).unwrap();
        let answers: Answers = answers.into_iter().map(|(code, mut given)| { given.to_be = None; (code, given) }).collect();
        let score = Score::whole(&catalogue, &answers);
        let gaps: i64 = gaps(&catalogue, &answers).iter().filter(|gap| gap.item.code != "PR.AC-1").map(|gap| gap.size).sum();
        let tier = Score::of(&catalogue, catalogue.items.iter().filter(|item| item.code == "PR.AC-1"), &answers);
        prop_assert_eq!(score.most - score.points - (tier.most - tier.points), gaps);
    }

    #[test]
    fn taking_over_loses_nothing(answers in any_answers(&read(FIRST).unwrap())) {
        let (old, new) = (read(FIRST).unwrap(), read(SECOND).unwrap());
        let carried = carry(&old, &new, &answers);
        // Every item of both versions stands in the report once.
        let removed = carried.count(Fate::Removed);
        prop_assert_eq!(carried.lines.len(), new.items.len() + removed);
        for item in &old.items {
            let known = carried.lines.iter().filter(|line| line.item == item.code || line.was == item.code).count();
            prop_assert_eq!(known, 1);
        }
        // Every answer is kept, set aside in the note, or named as removed.
        for (code, given) in answers.iter().filter(|(_, given)| !given.answer.is_empty()) {
            let line = carried.lines.iter().find(|line| line.item == *code || line.was == *code).unwrap();
            prop_assert_eq!(&line.answer, &given.answer);
            match line.fate {
                Fate::Removed => prop_assert!(!carried.answers.contains_key(&line.item)),
                Fate::Unfit => prop_assert!(carried.answers[&line.item].note.starts_with(&given.answer)),
                _ => prop_assert_eq!(&carried.answers[&line.item].answer, &given.answer),
            }
        }
    }

    #[test]
    fn nothing_changed_in_the_same_answers(answers in any_answers(&read(FIRST).unwrap())) {
        let catalogue = read(FIRST).unwrap();
        prop_assert!(compare(&catalogue, &answers, &catalogue, &answers).is_empty());
        let same = carry(&catalogue, &catalogue, &answers);
        prop_assert_eq!(same.count(Fate::Kept), catalogue.items.len());
    }
}
