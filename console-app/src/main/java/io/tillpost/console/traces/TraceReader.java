package io.tillpost.console.traces;

import io.tillpost.store.Stores;
import io.tillpost.store.Traces;
import io.tillpost.store.Traces.TraceQuery;
import io.tillpost.trace.Span;
import io.tillpost.trace.TraceId;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Reads traces for those who may. Storage that is away is a {@code StoreUnavailableException}. */
@Service
@PreAuthorize("hasRole('VIEW')")
public class TraceReader {
  private final Traces traces;

  TraceReader(Stores stores) {
    this.traces = stores.traces();
  }

  /** All spans of a trace by start; empty if there is no such trace. */
  public List<Span> trace(TraceId id) {
    return traces.trace(id);
  }

  /** The newest matching spans that start a trace. */
  public List<Span> search(TraceQuery query) {
    return traces.search(query);
  }
}
