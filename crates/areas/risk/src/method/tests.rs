#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use mamori_kernel::error::Error;

use super::*;

fn input(scale: &str, middle: &str, large: &str, reason: &str) -> MethodInput {
    MethodInput { scale: scale.into(), middle_from: middle.into(), large_from: large.into(), reason: reason.into() }
}

#[test]
fn full_width_digits_are_understood() {
    let (scale, bands) = judge(&input("one_to_three", "３", "６", "親会社に合わせる")).unwrap();
    assert_eq!(scale, ScaleChoice::OneToThree);
    assert_eq!((bands.middle_from(), bands.large_from()), (3, 6));
}

#[test]
fn every_wrong_field_is_named() {
    let Err(Error::Invalid(fields)) = judge(&input("", "x", "4", " ")) else { panic!("accepted") };
    let names: Vec<&str> = fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(names, ["scale", "middle_from", "reason"]);
}

#[test]
fn bounds_beyond_the_scale_are_refused() {
    assert!(judge(&input("zero_to_two", "1", "7", "x")).is_err());
    assert!(judge(&input("zero_to_two", "4", "4", "x")).is_err());
    assert!(judge(&input("zero_to_two", "1", "4", "x")).is_ok());
}

#[test]
fn bounds_read_as_a_sentence() {
    let method = |scale, middle, large| Method { number: 1, bands: Bands::new(scale, middle, large).unwrap() };
    assert_eq!(Method::default().rule(Lang::Ja), "大：4以上、中：1〜3、小：0");
    assert_eq!(method(Scale::OneToThree, 3, 6).rule(Lang::En), "Large: 6 and above, Middle: 3–5, Small: 1–2");
    assert_eq!(method(Scale::ZeroToTwo, 0, 1).rule(Lang::Ja), "大：1以上、中：0");
}
