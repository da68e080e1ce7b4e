/**
 * What is answered as JSON: each thing as it is, and a view only where the answer differs from the thing.
 *
 * <p>A value has one form, and a thing the members that it has: {@link org.pupilledger.views.JsonForms} says where the answer
 * leaves one out or calls it otherwise. A view is a record of its own; here, unless a table or a text is made of it too: then
 * it stands beside that.
 */
@NullMarked
package org.pupilledger.views;

import org.jspecify.annotations.NullMarked;
