//! A search engine: tantivy with its English analyser, in memory.

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, IndexReader, IndexWriter, TantivyDocument, TantivyError};

use crate::Rival;
use crate::texts::Texts;

/// So many of the best documents are looked at: a class may have many of them.
const LOOKED_AT: usize = 100;

/// The least memory that tantivy writes with.
const MEMORY: usize = 15_000_000;

const CLASS: &str = "class";

/// An index and the way to ask it.
pub(crate) struct Tantivy {
    reader: IndexReader,
    parser: QueryParser,
    classes: usize,
}

impl Tantivy {
    /// Each phrasing is a document; a class is as good as its best one.
    pub(crate) fn of_phrasings(texts: &Texts) -> Tantivy {
        let documents = texts.texts.iter().map(|(class, text)| (*class, text.clone()));
        Tantivy::new(texts.classes.len(), documents).expect("an index in memory can be written")
    }

    /// All phrasings of a class are one document.
    pub(crate) fn of_classes(texts: &Texts) -> Tantivy {
        let mut documents = vec![String::new(); texts.classes.len()];
        for (class, text) in &texts.texts {
            documents[*class].push_str(text);
            documents[*class].push('\n');
        }
        Tantivy::new(texts.classes.len(), documents.into_iter().enumerate()).expect("an index in memory can be written")
    }

    fn new(classes: usize, documents: impl Iterator<Item = (usize, String)>) -> Result<Tantivy, TantivyError> {
        let mut schema = Schema::builder();
        let class = schema.add_u64_field(CLASS, FAST);
        let text = schema.add_text_field("text", english());
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, MEMORY)?;
        for document in documents {
            write(&mut writer, (class, text), document)?;
        }
        writer.commit()?;
        Ok(Tantivy { reader: index.reader()?, parser: QueryParser::for_index(&index, vec![text]), classes })
    }

    fn search(&self, question: &str) -> Result<Vec<f32>, TantivyError> {
        // What looks like syntax in a question is none; whatever can be understood is searched for.
        let (query, _) = self.parser.parse_query_lenient(question);
        let searcher = self.reader.searcher();
        let mut scores = vec![0.0_f32; self.classes];
        for (score, at) in searcher.search(&query, &TopDocs::with_limit(LOOKED_AT).order_by_score())? {
            let classes = searcher.segment_reader(at.segment_ord).fast_fields().u64(CLASS)?;
            let class = classes.first(at.doc_id).map_or(0, |class| class as usize);
            scores[class] = scores[class].max(score);
        }
        Ok(scores)
    }
}

impl Rival for Tantivy {
    fn scores(&self, question: &str) -> Vec<f32> {
        self.search(question).expect("an index in memory can be read")
    }
}

fn english() -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer("en_stem");
    TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
}

fn write(writer: &mut IndexWriter, fields: (Field, Field), document: (usize, String)) -> Result<(), TantivyError> {
    let mut written = TantivyDocument::default();
    written.add_u64(fields.0, document.0 as u64);
    written.add_text(fields.1, document.1);
    writer.add_document(written).map(drop)
}
