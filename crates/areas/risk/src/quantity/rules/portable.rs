//! Random numbers and two functions of analysis that give the same bits on every machine.
//!
//! The standard library takes `ln` and `exp` from the platform, and platforms differ in the last digit. Here they are built from
//! `+ − × ÷` alone, which IEEE 754 rounds identically everywhere; Rust neither reorders nor fuses them.

/// xoshiro256++ 1.0 (Blackman, Vigna 2019), seeded by SplitMix64 as its authors recommend. Not for secrets.
#[derive(Clone, Debug)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The stream of a seed; every seed gives a good stream, 0 too.
    pub fn new(seed: u64) -> Self {
        let mut mix = seed;
        let mut next = || {
            mix = mix.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let z = (mix ^ (mix >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            z ^ (z >> 31)
        };
        Self { state: [next(), next(), next(), next()] }
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        let [mut a, mut b, mut c, mut d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let shifted = b << 17;
        c ^= a;
        d ^= b;
        b ^= c;
        a ^= d;
        c ^= shifted;
        d = d.rotate_left(45);
        self.state = [a, b, c, d];
        result
    }

    /// A number in 0 ≤ x < 1 with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        // Both the cast of 53 bits and the product with a power of two are exact.
        (self.next() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// How often something happens in a year when it happens `mean` times on average (Poisson, by Knuth's method).
    /// `floor` is `exp(-mean)`; means up to 700 keep it above the smallest number there is.
    pub fn occurrences(&mut self, floor: f64) -> u32 {
        let mut count = 0;
        let mut product = self.uniform();
        while product > floor {
            count += 1;
            product *= self.uniform();
        }
        count
    }
}

/// Natural logarithm of a positive, normal number, within 2 units of the last place.
pub fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = ((bits >> 52) & 0x7FF) as i32 - 1023;
    let mut mantissa = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | (1023_u64 << 52));
    if mantissa > std::f64::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    // ln m = 2 artanh((m − 1) / (m + 1)); |s| ≤ 0.172, so thirteen terms reach the last place.
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let square = s * s;
    let series = (0..13_u8).rev().fold(0.0, |sum, term| sum * square + 1.0 / (2.0 * f64::from(term) + 1.0));
    2.0 * s * series + f64::from(exponent) * std::f64::consts::LN_2
}

/// Exponential function; 0 below −708 and infinite above 709.
pub fn exp(x: f64) -> f64 {
    if x < -708.0 {
        return 0.0;
    }
    if x > 709.0 {
        return f64::INFINITY;
    }
    let doublings = (x * std::f64::consts::LOG2_E).round();
    // ln 2 in two parts, so that the remainder keeps all its digits.
    let rest = (x - doublings * 6.931_471_803_691_238e-1) - doublings * 1.908_214_929_270_587_7e-10;
    let series = (1..=16_u8).rev().fold(1.0, |sum, term| 1.0 + sum * rest / f64::from(term));
    series * f64::from_bits(((1023 + doublings as i64) as u64) << 52)
}

/// `base` to the power of `exponent` for a base of 0 or more; 0⁰ = 1.
pub fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 0.0 {
        1.0
    } else if base <= 0.0 {
        0.0
    } else {
        exp(exponent * ln(base))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_generator_gives_the_published_numbers() {
        let mut random = Random { state: [1, 2, 3, 4] };
        let first: Vec<u64> = (0..4).map(|_| random.next()).collect();
        assert_eq!(first, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
        assert_eq!(Random::new(1_234_567).state[..2], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn logarithm_and_exponential_are_right() {
        for step in 1..4_000_u32 {
            let x = f64::from(step) * 0.017;
            assert!((ln(x) - x.ln()).abs() <= 4.0 * f64::EPSILON * x.ln().abs().max(1.0), "ln {x}");
            let y = (f64::from(step) - 2_000.0) * 0.17;
            assert!((exp(y) / y.exp() - 1.0).abs() < 1e-14, "exp {y}");
        }
        assert_eq!((power(0.0, 0.0), power(0.0, 2.0), exp(0.0), ln(1.0)), (1.0, 0.0, 1.0, 0.0));
        assert!((power(3.0, 2.5) - 15.588_457_268_119_896).abs() < 1e-13);
    }

    #[test]
    fn occurrences_have_the_asked_mean() {
        let mut random = Random::new(7);
        for mean in [0.1, 2.0, 30.0] {
            let floor = exp(-mean);
            let sum: u64 = (0..20_000).map(|_| u64::from(random.occurrences(floor))).sum();
            let error = (sum as f64 / 20_000.0 - mean).abs() / mean.sqrt();
            assert!(error < 0.05, "{mean}: {error}");
        }
    }
}
