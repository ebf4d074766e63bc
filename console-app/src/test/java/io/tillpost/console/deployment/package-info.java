/** What is shipped beside the code: the Compose file and the images. */
@NullMarked
package io.tillpost.console.deployment;

import org.jspecify.annotations.NullMarked;
