//! Which colours a drawn picture has, 256 at most.
//!
//! A picture has a dozen colours and what lies between them at the edges of letters. The commonest are kept as they are; an edge
//! takes the nearest, which nobody sees.

/// Bits of each channel by which colours are told apart at first.
const BITS: u32 = 5;
/// Most colours of a palette.
const MOST: usize = 256;

/// Colours that are alike in their first bits.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    pixels: usize,
    /// The one that most of them have, if there is one that more than half have.
    colour: [u8; 3],
    lead: usize,
}

/// The colours of opaque pixels, four bytes each, and the rank of each pixel's.
///
/// Most pixels are as the one before them: stretches are counted as one.
pub(super) fn reduced(pixels: &[u8]) -> (Vec<[u8; 3]>, Vec<u8>) {
    let mut buckets = vec![Bucket::default(); 1 << (3 * BITS)];
    for (colour, long) in stretches(pixels) {
        buckets[rank(colour)].add(colour, long);
    }
    let mut used: Vec<usize> = (0..buckets.len()).filter(|rank| buckets[*rank].pixels > 0).collect();
    used.sort_by_key(|rank| (std::cmp::Reverse(buckets[*rank].pixels), *rank));
    let colours: Vec<[u8; 3]> = used.iter().take(MOST).map(|rank| buckets[*rank].colour).collect();
    let mut nearest = vec![0u8; buckets.len()];
    for rank in used {
        let colour = buckets[rank].colour;
        let found = (0u8..=u8::MAX).zip(&colours).min_by_key(|(_, other)| distance(colour, **other));
        nearest[rank] = found.map_or(0, |(at, _)| at);
    }
    let mut ranks = Vec::with_capacity(pixels.len() / 4);
    for (colour, long) in stretches(pixels) {
        ranks.resize(ranks.len() + long, nearest[rank(colour)]);
    }
    (colours, ranks)
}

impl Bucket {
    fn add(&mut self, colour: [u8; 3], long: usize) {
        self.pixels += long;
        if self.colour == colour {
            self.lead += long;
        } else if self.lead < long {
            (self.colour, self.lead) = (colour, long - self.lead);
        } else {
            self.lead -= long;
        }
    }
}

/// Pixels that follow one another and are alike: their colour, and how many they are.
fn stretches(pixels: &[u8]) -> impl Iterator<Item = ([u8; 3], usize)> {
    // Of a known size, each is compared as one number.
    let (pixels, _) = pixels.as_chunks::<4>();
    pixels.chunk_by(|one, next| one == next).map(|alike| {
        let [red, green, blue, _] = alike[0];
        ([red, green, blue], alike.len())
    })
}

fn rank(colour: [u8; 3]) -> usize {
    colour.iter().fold(0, |rank, channel| rank << BITS | usize::from(channel >> (8 - BITS)))
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(other)).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_colours_stay_as_they_are_and_edges_take_the_nearest() {
        let pixel = |colour: [u8; 3]| [colour[0], colour[1], colour[2], 255];
        let mut pixels = [pixel([255, 255, 255]); 500].concat();
        pixels.extend([pixel([254, 253, 252]); 20].concat());
        pixels.extend([pixel([22, 27, 33]); 100].concat());
        // The edges of letters in eight colours.
        for ink in [
            [22, 27, 33],
            [76, 87, 99],
            [30, 107, 69],
            [28, 88, 163],
            [176, 30, 30],
            [135, 73, 0],
            [115, 32, 155],
            [10, 102, 107],
        ] {
            for step in 0..=255u32 {
                let mixed =
                    ink.map(|channel: u32| u8::try_from((channel * step + 255 * (255 - step)) / 255).unwrap_or(0));
                pixels.extend(pixel(mixed));
            }
        }
        let (colours, ranks) = reduced(&pixels);
        assert!(colours.len() <= MOST && ranks.len() == pixels.len() / 4);
        assert_eq!(colours[usize::from(ranks[0])], [255, 255, 255]);
        assert_eq!(colours[usize::from(ranks[510])], [255, 255, 255]);
        assert_eq!(colours[usize::from(ranks[530])], [22, 27, 33]);
        let far = |at: usize| {
            distance(colours[usize::from(ranks[at])], [pixels[at * 4], pixels[at * 4 + 1], pixels[at * 4 + 2]])
        };
        assert!((0..ranks.len()).all(|at| far(at) < 3 * 20 * 20));
    }
}
