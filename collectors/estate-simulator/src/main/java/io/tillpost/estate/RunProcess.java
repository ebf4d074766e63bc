package io.tillpost.estate;

import io.tillpost.estate.channel.ChannelServer;
import io.tillpost.estate.channel.Signature;
import io.tillpost.estate.plan.Pace;
import io.tillpost.estate.state.EstateState;
import io.tillpost.estate.state.JournalEntry;
import io.tillpost.estate.state.StateDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run from start to end: state, channel, history, live trade, and an end in order. */
final class RunProcess {
  private static final int WRONG = 2;
  private static final long MINUTE = 60_000;
  private static final long LEAD = Duration.ofHours(26).toMillis();
  private static final Duration TICK = Duration.ofMillis(200);
  private static final Duration BETWEEN_SAVES = Duration.ofSeconds(60);
  private static final long LARGEST_STEP = 5_000;

  private final RunSettings settings;
  private final Clock clock;
  private final PrintWriter out;
  private final PrintWriter err;
  private final CountDownLatch stop = new CountDownLatch(1);

  RunProcess(RunSettings settings, Clock clock, PrintWriter out, PrintWriter err) {
    this.settings = settings;
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  /** Runs until {@link #stop}; 0, or 2 with one sentence where it cannot start. */
  int run() throws InterruptedException {
    try {
      Optional<StateDirectory> opened = StateDirectory.open(settings.state());
      if (opened.isEmpty()) {
        return wrong("Another simulator is using the state in " + settings.state() + ".");
      }
      try (StateDirectory directory = opened.get()) {
        return run(directory);
      }
    } catch (IOException e) {
      return wrong("The state in " + settings.state() + " cannot be used: " + e + ".");
    }
  }

  /** Asks the run to end in order. */
  void stop() {
    stop.countDown();
  }

  private int run(StateDirectory directory) throws IOException, InterruptedException {
    long now = clock.millis();
    Optional<EstateState> before = directory.load();
    EstateState state =
        before.orElseGet(
            () -> EstateState.fresh(settings.seed(), settings.stores(), settings.scenario(), now));
    if (!isOurs(state)) {
      return wrong(
          "The state in %s belongs to --stores %d --seed %d --scenario %s; start with these options, or with another directory for its data."
              .formatted(settings.state(), state.stores(), state.seed(), state.scenario()));
    }
    if (before.isEmpty()) {
      directory.save(state);
    }
    try (Senders senders = new Senders(settings, this::complain)) {
      Estate estate = new Estate(state, happened(state, directory), senders.tracing(), clock);
      Signature signature = new Signature(settings.secret(), clock);
      try (ChannelServer channel =
          ChannelServer.listen(settings.channelPort(), signature, estate)) {
        say("channel listening http://localhost:" + channel.port() + "/recovery");
        if (sendHistory(estate, senders, directory, now)) {
          trade(estate, senders, directory);
        }
      } catch (BindException e) {
        return wrong("Port " + settings.channelPort() + " is in use; choose --channel-port.");
      }
    }
    return 0;
  }

  private boolean isOurs(EstateState state) {
    return state.seed() == settings.seed()
        && state.stores() == settings.stores()
        && state.scenario().equals(settings.scenario());
  }

  /** What the journal holds; captures of a step that was cut off never left and do not count. */
  private static List<JournalEntry> happened(EstateState state, StateDirectory directory)
      throws IOException {
    if (state.position() == 0) {
      return List.of();
    }
    List<JournalEntry> entries = new ArrayList<>(directory.journal());
    int last = entries.size() - 1;
    while (last >= 0 && !(entries.get(last) instanceof JournalEntry.Reached)) {
      if (entries.get(last) instanceof JournalEntry.Captured) {
        entries.remove(last);
      }
      last--;
    }
    return entries;
  }

  /** True where the history is complete, sent and saved; false where the run was ended before. */
  private boolean sendHistory(Estate estate, Senders senders, StateDirectory directory, long now)
      throws IOException, InterruptedException {
    long earliest = now - settings.history().toMillis();
    if (estate.position() == 0) {
      estate.pass(earliest - LEAD, earliest);
      estate.startAt(earliest);
    } else if (estate.position() < earliest) {
      estate.startAt(earliest);
    }
    long planned = estate.count(estate.position(), now);
    long sent = 0;
    long nextReport = clock.millis();
    while (estate.position() < now) {
      if (stopping()) {
        return false;
      }
      sent += estate.advance(Math.min(now, estate.position() + MINUTE), Pace.HISTORY);
      senders.send(estate.takeEvents(), false);
      if (clock.millis() >= nextReport) {
        say("progress history " + sent + "/" + planned);
        nextReport = clock.millis() + 1_000;
      }
    }
    while (!senders.flush(Duration.ofMillis(500))) {
      if (stopping()) {
        return false;
      }
    }
    say("progress history " + sent + "/" + planned);
    estate.saveTo(directory);
    long events = senders.eventCounts().accepted();
    say("history done %d messages %d events %d spans".formatted(sent, events, senders.spanCount()));
    return true;
  }

  private void trade(Estate estate, Senders senders, StateDirectory directory)
      throws IOException, InterruptedException {
    Pace pace = Pace.live(settings.rate(), settings.stores());
    long nextSave = clock.millis() + BETWEEN_SAVES.toMillis();
    while (!stop.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
      long now = clock.millis();
      while (estate.position() < now && !stopping()) {
        estate.advance(Math.min(now, estate.position() + LARGEST_STEP), pace);
        senders.send(estate.takeEvents(), true);
      }
      if (now >= nextSave) {
        nextSave = now + BETWEEN_SAVES.toMillis();
        save(estate, senders, directory, Duration.ofSeconds(2));
      }
    }
    if (!save(estate, senders, directory, Duration.ofSeconds(5))) {
      complain("Not everything could be sent; it is sent at the next start.");
    }
  }

  /** Saves where everything has been sent; otherwise the journal goes on. */
  private static boolean save(
      Estate estate, Senders senders, StateDirectory directory, Duration patience)
      throws IOException, InterruptedException {
    senders.send(estate.takeEvents(), true);
    if (!senders.flush(patience)) {
      return false;
    }
    estate.saveTo(directory);
    return true;
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  private int wrong(String sentence) {
    complain(sentence);
    return WRONG;
  }

  private synchronized void say(String line) {
    out.println(line);
    out.flush();
  }

  private synchronized void complain(String sentence) {
    err.println(sentence);
    err.flush();
  }
}
