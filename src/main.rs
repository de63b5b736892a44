//! scratch
use exoguide::{decide::Outcome, guide::Guide, knowledge::*};
fn main() {
    let t0 = std::time::Instant::now();
    let g = Guide::new(load(&Origin::find(None)).knowledge.unwrap());
    eprintln!("load {:?}", t0.elapsed());
    let v = std::env::var("V").is_ok();
    for file in std::env::args().skip(1) {
        let mut n = [0; 8];
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            let mut p = line.split('\t');
            let (e, q) = (p.next().unwrap(), p.next().unwrap());
            if e == "urgent" {
                continue;
            }
            let r = g.answer(q);
            let ok: Vec<&str> = e.split('|').collect();
            let got: Vec<&str> = r.topics.iter().map(|t| t.id.as_str()).collect();
            let right = got.iter().any(|t| ok.contains(t));
            let extra = got.iter().any(|t| !ok.contains(t));
            let show = |why: &str| {
                if v {
                    println!("{why}\t{e}\t{got:?}\t{:.2}\t{q}", r.confidence)
                }
            };
            if e == "decline" {
                n[5] += 1;
                if r.outcome == Outcome::Answer {
                    n[6] += 1;
                    show("OUT")
                }
            } else {
                n[0] += 1;
                match r.outcome {
                    Outcome::Answer => {
                        if right {
                            n[1] += 1
                        } else {
                            n[2] += 1;
                            show("WRONG")
                        }
                        if right && extra {
                            n[3] += 1;
                            show("EXTRA")
                        }
                    }
                    Outcome::Clarify => {
                        n[4] += 1;
                        if !r.suggestions.iter().any(|t| ok.contains(&t.id.as_str())) {
                            show("CLARIFY-WRONG")
                        }
                    }
                    _ => {
                        n[7] += 1;
                        show(&format!("DECLINE {:?}", r.boundary.map(|b| &b.id.0)))
                    }
                }
            }
        }
        println!(
            "{file}: in {} right {:.3} wrong {:.3} extra {:.3} clarify {:.3} decline {:.3} | out {} answered {:.3}",
            n[0],
            n[1] as f32 / n[0] as f32,
            n[2] as f32 / n[0] as f32,
            n[3] as f32 / n[0] as f32,
            n[4] as f32 / n[0] as f32,
            n[7] as f32 / n[0] as f32,
            n[5],
            n[6] as f32 / n[5] as f32
        );
    }
}
