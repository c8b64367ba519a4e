/**
 * What runs inside the host that is measured, as an application's bundle does: a model whose
 * statements the peers send too, and commands that call Bindery's services from Java.
 */
@NullMarked
package io.bindery.benchmarks.inside;

import org.jspecify.annotations.NullMarked;
