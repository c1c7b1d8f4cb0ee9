//! Calls in each state that they can be in.

use wechatpay_wasm::{Event, Plan, SignatureHeaders, Step};

use crate::support::PLATFORM_SERIAL;
use crate::wechatpay::{FIRST_ENDS, PLATFORM, PUBLIC, certificates, ok, signed};
use crate::world::{
    Run, World, broken, file, get, know_certificate, know_nothing, message, naming,
    notification_key, remote_signature,
};

/// A call that is under way.
pub struct State {
    pub name: &'static str,
    pub world: World,
    pub run: Run,
    /// The step is to send the request of a file.
    pub file: bool,
    /// What becomes of the call if its download of keys fails.
    pub without_keys: WithoutKeys,
}

/// What becomes of a call if its download of keys fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WithoutKeys {
    /// It fails because of that, or it has none.
    Fails,
    /// It goes on: its keys are still valid.
    GoesOn,
    /// A response is not verified.
    Unverified,
    /// A notification is not verified. There is no way to abort that.
    NotReceived,
}

use WithoutKeys::{Fails, GoesOn, NotReceived, Unverified};

fn auto() -> World {
    World::remote_with(know_nothing)
}

fn beside() -> World {
    World::remote_with(|settings| {
        settings.automatic = true;
    })
}

/// A certificate that expires within the hour, with `certs: 'auto'`.
fn old() -> World {
    let mut world = World::remote_with(|settings| {
        know_certificate(settings);
        settings.automatic = true;
    });
    world.at(FIRST_ENDS - 60);
    world
}

/// A client, its call, and what happens to it: a signature, an event, a signature …
fn state(
    name: &'static str,
    without_keys: WithoutKeys,
    mut world: World,
    plan: Plan,
    events: &[Event],
) -> State {
    let file = matches!(plan, Plan::File { .. });
    let mut run = world.start(plan);
    for event in events {
        world.pass(5);
        run.tell(&mut world, event.clone());
    }
    State {
        name,
        world,
        run,
        file,
        without_keys,
    }
}

/// A call that waits for the download of another call, which never ends.
fn waiting(
    name: &'static str,
    without_keys: WithoutKeys,
    mut world: World,
    plan: Plan,
    events: &[Event],
) -> State {
    let other = world.start(named());
    assert!(matches!(other.step, Step::Sign { .. }));
    let state = state(name, without_keys, world, plan, events);
    assert_eq!(state.run.wait(), 25);
    state
}

/// Makes a call in one of its states.
pub type Make = Box<dyn Fn() -> State>;

/// Every state of a call that has not ended.
pub fn states() -> Vec<Make> {
    let mut all: Vec<Make> = Vec::new();
    let mut add = |make: fn() -> State| all.push(Box::new(make));
    add(|| state("signing", Fails, World::remote(), get(), &[]));
    add(|| state("sending", Fails, World::remote(), get(), &[sign()]));
    add(|| {
        state(
            "pausing",
            Fails,
            World::remote(),
            get(),
            &[sign(), broken()],
        )
    });
    add(|| state("signing for a file", Fails, World::remote(), file(), &[]));
    add(|| {
        state(
            "sending for a file",
            Fails,
            World::remote(),
            file(),
            &[sign()],
        )
    });
    add(|| {
        state(
            "pausing for a file",
            Fails,
            World::remote(),
            file(),
            &[sign(), broken()],
        )
    });
    add(|| {
        let plan = Plan::Certificates;
        state(
            "sending for certificates",
            Fails,
            World::remote(),
            plan,
            &[sign()],
        )
    });
    add(|| state("signing a message", Fails, World::remote(), message(), &[]));

    add(|| state("signing for keys", Fails, auto(), get(), &[]));
    add(|| state("downloading keys", Fails, auto(), get(), &[sign()]));
    add(|| {
        state(
            "pausing for keys",
            Fails,
            auto(),
            get(),
            &[sign(), broken()],
        )
    });
    add(|| waiting("waiting for keys", Fails, auto(), get(), &[]));
    add(|| state("signing for fresher keys", GoesOn, old(), get(), &[]));
    add(|| state("downloading fresher keys", GoesOn, old(), get(), &[sign()]));
    add(|| {
        state(
            "downloading a named key",
            Fails,
            beside(),
            named(),
            &[sign()],
        )
    });
    add(|| waiting("waiting for a named key", Fails, beside(), named(), &[]));
    add(|| {
        let events = [sign(), unknown(), sign()];
        state(
            "downloading for a response",
            Unverified,
            beside(),
            get(),
            &events,
        )
    });
    add(|| {
        let events = [sign(), unknown()];
        waiting(
            "waiting for a response",
            Unverified,
            beside(),
            get(),
            &events,
        )
    });
    add(|| {
        state(
            "signing for a notification",
            NotReceived,
            auto(),
            received(),
            &[],
        )
    });
    add(|| {
        state(
            "downloading for a notification",
            NotReceived,
            auto(),
            received(),
            &[sign()],
        )
    });
    add(|| {
        waiting(
            "waiting for a notification",
            NotReceived,
            auto(),
            received(),
            &[],
        )
    });
    all
}

fn sign() -> Event {
    remote_signature()
}

fn unknown() -> Event {
    signed(PLATFORM, 200, "{}")
}

fn named() -> Plan {
    naming(PLATFORM_SERIAL)
}

fn received() -> Plan {
    notification_key(PLATFORM)
}

/// One event of each kind.
pub fn events() -> Vec<Event> {
    let problem = || "it is not a Response".to_owned();
    vec![
        ok("{}"),
        signed(PUBLIC, 503, ""),
        certificates(),
        Event::FileBegan {
            status: 200,
            headers: SignatureHeaders::default(),
        },
        Event::Redirected { status: 302 },
        Event::TooLarge,
        Event::Unusable {
            problem: problem(),
            cause: None,
        },
        broken(),
        Event::NoFetch,
        Event::TimedOut,
        Event::Waited,
        remote_signature(),
        Event::SignedInBase64 {
            signature: "AAAA".to_owned(),
        },
        Event::NotSigned {
            problem: problem(),
            cause: None,
        },
        Event::Aborted,
    ]
}

impl State {
    /// Whether the host may report this event of the step.
    pub fn fits(&self, event: &Event) -> bool {
        match (&self.run.step, event) {
            (Step::Done(_) | Step::Failed(_), _) => false,
            (_, Event::Aborted)
            | (Step::Wait(_), Event::Waited)
            | (
                Step::Sign { .. },
                Event::Signed { .. }
                | Event::SignedInBase64 { .. }
                | Event::NotSigned { .. }
                | Event::TimedOut,
            )
            | (
                Step::Send(_),
                Event::Response { .. }
                | Event::Redirected { .. }
                | Event::TooLarge
                | Event::Unusable { .. }
                | Event::Network { .. }
                | Event::NoFetch
                | Event::TimedOut,
            ) => true,
            (Step::Send(_), Event::FileBegan { .. }) => self.file,
            _ => false,
        }
    }
}
