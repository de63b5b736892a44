//! scratch
use exoguide::{knowledge::*, matching::*, text::tokens};
fn main() {
    let t0 = std::time::Instant::now();
    let loaded = load(&Origin::find(None));
    print!("{}", exoguide::diagnostic::render(&loaded.diagnostics, &annotate_snippets::Renderer::plain()));
    let k = loaded.knowledge.unwrap();
    let t1 = std::time::Instant::now();
    let m = Matcher::new(&k);
    let t2 = std::time::Instant::now();
    eprintln!("load {:?} match {:?}", t1 - t0, t2 - t1);
    let nt = k.topics.len();
    let name = |c: usize| if c < nt { k.topics[c].id.0.clone() } else { k.boundaries[c - nt].id.0.clone() };
    let (mut n, mut f, mut f3) = (0, 0, 0);
    let mut all = vec![];
    let verbose = std::env::var("V").is_ok();
    let mut time = std::time::Duration::ZERO;
    for file in std::env::args().skip(1) {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let mut p = line.split('\t');
            let (e, q) = (p.next().unwrap(), p.next().unwrap());
            if e == "urgent" {
                continue;
            }
            let t = std::time::Instant::now();
            let r = m.rank(&tokens(q));
            time += t.elapsed();
            let g: Vec<&str> = e.split('|').collect();
            let tops: Vec<String> = r.ranking.iter().filter(|c| c.class < nt).take(3).map(|c| name(c.class)).collect();
            let right = g.contains(&tops[0].as_str());
            if e != "decline" {
                n += 1;
                f += right as usize;
                f3 += tops.iter().any(|t| g.contains(&t.as_str())) as usize;
            }
            if verbose && e != "decline" && !right {
                println!(
                    "{e}\t{q}\t{:.2} {:?}",
                    r.confidence,
                    r.ranking[..4]
                        .iter()
                        .map(|c| format!("{} {:.2}", name(c.class), c.probability))
                        .collect::<Vec<_>>()
                );
            }
            if verbose && e == "decline" && r.confidence > 0.4 {
                println!(
                    "{e}\t{q}\t{:.2} {:?}",
                    r.confidence,
                    r.ranking[..4]
                        .iter()
                        .map(|c| format!("{} {:.2}", name(c.class), c.probability))
                        .collect::<Vec<_>>()
                );
            }
            all.push((r.confidence, right, e != "decline"));
        }
    }
    println!("time per question {:?}", time / all.len() as u32);
    println!("first {:.3} top3 {:.3} n {n}", f as f32 / n as f32, f3 as f32 / n as f32);
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let outs = all.iter().filter(|a| !a.2).count();
    let (mut o, mut r, mut best) = (0, 0, 0);
    for a in &all {
        if a.2 {
            r += a.1 as usize
        } else {
            o += 1
        }
        if o * 10 > outs {
            break;
        }
        best = r;
    }
    println!("OSC10 {:.3}", best as f32 / n as f32);
    for t in [0.3, 0.4, 0.5, 0.6] {
        println!(
            "t {t}: right {:.3} wrong-in {:.3} out {:.3}",
            all.iter().filter(|a| a.0 > t && a.1).count() as f32 / n as f32,
            all.iter().filter(|a| a.0 > t && a.2 && !a.1).count() as f32 / n as f32,
            all.iter().filter(|a| a.0 > t && !a.2).count() as f32 / outs as f32
        );
    }
    let mut ece = 0.0;
    for b in 0..10 {
        let s: Vec<_> = all.iter().filter(|a| (a.0 * 10.0).min(9.99) as usize == b).collect();
        if s.is_empty() {
            continue;
        }
        let acc = s.iter().filter(|a| a.1).count() as f32 / s.len() as f32;
        let c = s.iter().map(|a| a.0).sum::<f32>() / s.len() as f32;
        ece += (acc - c).abs() * s.len() as f32 / all.len() as f32;
        println!("bin {b} n {} conf {c:.2} acc {acc:.2}", s.len());
    }
    println!("ECE {ece:.3}");
}
