//! What a call is made of before it starts: its plan, and how its result is written.

use super::error_json::Fields;
use super::params::Params;
use crate::error::Error;
use crate::exchange::client::Client;
use crate::exchange::moment::Moment;
use crate::exchange::plan::{Output, Plan};

/// Makes the result's JSON of a call's output.
pub(super) type Finish = Box<dyn FnOnce(Output, &Finishing<'_>) -> Result<String, Error>>;

/// What a result may be made with.
pub(super) struct Finishing<'a> {
    pub(super) client: &'a Client,
    /// All headers of the last response.
    pub(super) all_headers: &'a [(String, String)],
}

/// A call that is about to start.
pub(super) struct Planned {
    pub(super) plan: Plan,
    pub(super) finish: Finish,
    pub(super) fields: Fields,
    /// What JavaScript sends before and after a file, if the call uploads one.
    pub(super) form: Option<(String, String)>,
}

impl Planned {
    pub(super) fn new(
        plan: Plan,
        finish: impl FnOnce(Output, &Finishing<'_>) -> Result<String, Error> + 'static,
    ) -> Self {
        Self {
            plan,
            finish: Box::new(finish),
            fields: Fields::Camel,
            form: None,
        }
    }
}

/// What a call is started with.
pub(super) struct Arguments<'a> {
    pub(super) client: &'a Client,
    pub(super) params: Params<'a>,
    /// Bytes beside the parameters: a body.
    pub(super) bytes: Vec<u8>,
    pub(super) moment: &'a mut Moment,
}
