//! Areas for shares of a whole, each as square as it goes: squarified treemaps (Bruls, Huizing & van Wijk 2000).

use super::graph::{Rect, single};

/// Parts a rectangle into one for each value, in order, of an area that is its share. Values are best given from large
/// to small; none may be negative.
#[must_use]
pub fn squares(values: &[f64], within: Rect) -> Vec<Rect> {
    let mut places = Vec::with_capacity(values.len());
    let mut free = within;
    let mut left: f64 = values.iter().sum();
    let mut at = 0;
    while at < values.len() {
        let (width, height) = (free.width.max(0.0), free.height.max(0.0));
        let area = f64::from(width) * f64::from(height);
        if left <= 0.0 || area <= 0.0 {
            places.push(Rect { width: 0.0, height: 0.0, ..free });
            at += 1;
            continue;
        }
        let short = f64::from(width.min(height));
        // As many values as make the row's worst part no worse.
        let (mut end, mut sum, mut worst) = (at, 0.0, f64::INFINITY);
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        while let Some(value) = values.get(end) {
            let (next, low, high) = (sum + value, least.min(*value), most.max(*value));
            let thick = next / left * area / short;
            let ratio = |value: f64| {
                let long = value / left * area / thick;
                (long / thick).max(thick / long.max(1e-9))
            };
            let now = if thick > 0.0 { ratio(low).max(ratio(high)) } else { f64::INFINITY };
            if end > at && now > worst {
                break;
            }
            (end, sum, worst, least, most) = (end + 1, next, now, low, high);
        }
        let thick = single(sum / left * area / short);
        let mut along = 0.0_f32;
        for value in &values[at..end] {
            let long = if sum > 0.0 { single(value / sum * short) } else { 0.0 };
            places.push(if width >= height {
                Rect { x: free.x, y: free.y + along, width: thick, height: long }
            } else {
                Rect { x: free.x + along, y: free.y, width: long, height: thick }
            });
            along += long;
        }
        if width >= height {
            free = Rect { x: free.x + thick, width: width - thick, ..free };
        } else {
            free = Rect { y: free.y + thick, height: height - thick, ..free };
        }
        left -= sum;
        at = end;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WITHIN: Rect = Rect { x: 10.0, y: 20.0, width: 600.0, height: 400.0 };

    #[test]
    fn the_example_of_the_paper() {
        let places = squares(&[6.0, 6.0, 4.0, 3.0, 2.0, 2.0, 1.0], Rect { x: 0.0, y: 0.0, width: 6.0, height: 4.0 });
        assert_eq!(places[0], Rect { x: 0.0, y: 0.0, width: 3.0, height: 2.0 });
        assert_eq!(places[1], Rect { x: 0.0, y: 2.0, width: 3.0, height: 2.0 });
        assert!((places[2].width - 1.714).abs() < 0.01 && (places[2].height - 2.333).abs() < 0.01);
    }

    #[test]
    fn nothing_has_no_area() {
        assert!(squares(&[], WITHIN).is_empty());
        assert!(squares(&[0.0, 0.0], WITHIN).iter().all(|r| r.width * r.height == 0.0));
    }

    proptest! {
        #[test]
        fn areas_are_shares_and_lie_within(mut values in prop::collection::vec(0.0..1000.0_f64, 1..60)) {
            values.sort_by(|a, b| b.total_cmp(a));
            let total: f64 = values.iter().sum();
            let places = squares(&values, WITHIN);
            prop_assert_eq!(places.len(), values.len());
            for (place, value) in places.iter().zip(&values) {
                prop_assert!(place.x >= 9.9 && place.y >= 19.9);
                prop_assert!(place.x + place.width <= 610.1 && place.y + place.height <= 420.1);
                if total > 0.0 {
                    let share = value / total * 240_000.0;
                    prop_assert!((f64::from(place.width * place.height) - share).abs() < 30.0);
                }
            }
        }
    }
}
