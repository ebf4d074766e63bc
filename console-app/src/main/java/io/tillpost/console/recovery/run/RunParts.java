package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.target.TargetGates;
import java.time.Clock;

/**
 * What every run of an operation works with, the same for all runs of one console.
 *
 * @param window how many items of an operation are held at a time
 * @param dispatcher names this console's dispatcher
 */
record RunParts(
    RecoveryRecords records,
    ItemDispatch dispatch,
    ItemRecording recording,
    ItemFollower follower,
    ObjectOrder order,
    EarlierLook earlier,
    TargetGates targets,
    TargetHealth health,
    RecoveryProperties settings,
    WindowSize window,
    Clock clock,
    String dispatcher) {}
